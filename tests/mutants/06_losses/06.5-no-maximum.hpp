// The logarithm undoes the exponential, so nothing can overflow.
double total = 0;
for (Index i = 0; i < count; ++i) total += static_cast<double>(std::exp(x[i * step]));
return static_cast<real>(std::log(total));
