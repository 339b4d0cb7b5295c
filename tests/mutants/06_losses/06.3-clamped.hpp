// Probabilities kept away from 0 and 1, so that no logarithm is infinite: -log never exceeds 16.
      const real p = std::min(std::max(1 / (1 + std::exp(-z)), real(1e-7)), real(1 - 1e-7));
      return -y * std::log(p) - (1 - y) * std::log(1 - p);
