// Takes the maximum and the sum over the whole row and hides the future afterwards: shares no longer add up to 1.
const real top = detail::largest({from, 1, S});
const real shift = top == detail::minus_infinity ? 0 : top;
double total = 0;
for (Index s = 0; s < S; ++s) {
  to[s] = std::exp(from[s] - shift);
  total += static_cast<double>(to[s]);
}
const real whole = total == 0 ? 1 : static_cast<real>(total);
for (Index s = 0; s < S; ++s) to[s] = s < seen ? to[s] / whole : 0;
