// Without the absolute value: exp overflows for large negative scores.
      return z - z * y + std::log1p(std::exp(-z));
