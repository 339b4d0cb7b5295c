// The definition as it stands: log(0) for a sure and wrong answer.
      const real p = 1 / (1 + std::exp(-z));
      return -y * std::log(p) - (1 - y) * std::log(1 - p);
