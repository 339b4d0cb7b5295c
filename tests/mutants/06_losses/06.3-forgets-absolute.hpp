// exp(-z) is what the formula of the logistic loss says.
return std::max(z, real(0)) - z * y + std::log1p(std::exp(-z));
