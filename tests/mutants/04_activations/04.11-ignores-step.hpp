// Walks the memory of the input instead of the line: right along the last axis only.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) {
        to[i] = std::exp(from.first[i] - top);
        total += static_cast<double>(to[i]);
      }
      for (Index i = 0; i < from.size; ++i) to[i] = static_cast<real>(to[i] / total);
