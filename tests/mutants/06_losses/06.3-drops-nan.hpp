// The arguments of std::max the other way round, and a NaN that is caught.
      if (std::isnan(z) || std::isnan(y)) return 0;
      return std::max(real(0), z) - z * y + std::log1p(std::exp(-std::abs(z)));
