// The logarithm of a quotient that is 0 already.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) total += static_cast<double>(std::exp(from[i] - top));
      for (Index i = 0; i < from.size; ++i) {
        to[i] = std::log(std::exp(from[i] - top) / static_cast<real>(total));
      }
