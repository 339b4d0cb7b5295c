// Without taking the maximum away.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) total += static_cast<double>(std::exp(from[i]));
      const real log_total = static_cast<real>(std::log(total));
      for (Index i = 0; i < from.size; ++i) to[i] = from[i] - log_total;
