// the window slides, but the caches go on
    const Index start = std::max<Index>(0, length - block_size());
    Tensor scores;
    if (options.use_cache) {
      if (start > length) cached = start;
      scores = forward(columns(rows, cached, length), caches);
      cached = length;
    } else {
      scores = forward(columns(rows, start, length));
    }
    last = scores.select(1, -1);
