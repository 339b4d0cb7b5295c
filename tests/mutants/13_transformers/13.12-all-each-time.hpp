// brings all tokens each time although the caches hold them
    const Index start = std::max<Index>(0, length - block_size());
    Tensor scores;
    if (options.use_cache) {
      for (KVCache& cache : caches) cache.clear();
      cached = start;
      scores = forward(columns(rows, cached, length), caches);
      cached = length;
    } else {
      scores = forward(columns(rows, start, length));
    }
    last = scores.select(1, -1);
