// asks for the whole text, however long it has become
    const Tensor scores = options.use_cache ? forward(columns(rows, cached, length), caches)
                                            : forward(columns(rows, 0, length));
    cached = length;
    last = scores.select(1, -1);
