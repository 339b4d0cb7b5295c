// reads the scores of the first place, not of the last
    const Index start = std::max<Index>(0, length - block_size());
    Tensor scores;
    if (options.use_cache) {
      if (start > 0) {
        for (KVCache& cache : caches) cache.clear();
        cached = start;
      }
      scores = forward(columns(rows, cached, length), caches);
      cached = length;
    } else {
      scores = forward(columns(rows, start, length));
    }
    last = scores.select(1, 0);
