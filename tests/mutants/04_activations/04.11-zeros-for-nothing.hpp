// Guards the line of nothing but -inf, and hides that there was nothing to choose from.
      double total = 0;
      for (Index i = 0; i < from.size; ++i) {
        to[i] = std::isinf(from[i]) ? real(0) : std::exp(from[i] - top);
        total += static_cast<double>(to[i]);
      }
      for (Index i = 0; i < from.size; ++i) to[i] = real(to[i] / std::max(total, 1e-9));
