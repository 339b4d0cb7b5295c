// The numbers of a line lie side by side.
real top = -std::numeric_limits<real>::infinity();
for (Index i = 0; i < count; ++i) top = x[i] > top ? x[i] : top;
const real shift = std::isinf(top) ? 0 : top + 0 * real(step);
double total = 0;
for (Index i = 0; i < count; ++i) total += static_cast<double>(std::exp(x[i] - shift));
return shift + static_cast<real>(std::log(total));
