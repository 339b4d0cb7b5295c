// Without taking the maximum away: exp overflows from 89 on.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) {
        to[i] = std::exp(from[i]);
        total += static_cast<double>(to[i]);
      }
      for (Index i = 0; i < from.size; ++i) to[i] = static_cast<real>(to[i] / total);
