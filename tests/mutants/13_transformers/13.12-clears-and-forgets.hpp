// clears the caches and brings only the last token
    const Index start = std::max<Index>(0, length - block_size());
    Tensor scores;
    if (options.use_cache) {
      if (start > 0) {
        for (KVCache& cache : caches) cache.clear();
        cached = length - 1;
      }
      scores = forward(columns(rows, cached, length), caches);
      cached = length;
    } else {
      scores = forward(columns(rows, start, length));
    }
    last = scores.select(1, -1);
