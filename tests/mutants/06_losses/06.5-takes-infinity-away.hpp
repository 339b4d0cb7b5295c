// The maximum is always taken away, whatever it is.
real top = -std::numeric_limits<real>::infinity();
for (Index i = 0; i < count; ++i) top = x[i * step] > top ? x[i * step] : top;
double total = 0;
for (Index i = 0; i < count; ++i) total += static_cast<double>(std::exp(x[i * step] - top));
return top + static_cast<real>(std::log(total));
