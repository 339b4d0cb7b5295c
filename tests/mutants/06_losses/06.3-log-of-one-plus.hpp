// log(1 + e) is as good as log1p(e).
return std::max(z, real(0)) - z * y + std::log(1 + std::exp(-std::abs(z)));
