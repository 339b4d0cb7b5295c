// log(1 + e) for log1p(e): a small e is lost in the 1.
      return std::max(z, real(0)) - z * y + std::log(1 + std::exp(-std::abs(z)));
