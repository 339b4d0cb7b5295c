// softmax as it is: a row that may see nothing becomes NaN.
const real top = detail::largest({from, 1, seen});
double total = 0;
for (Index s = 0; s < seen; ++s) {
  to[s] = std::exp(from[s] - top);
  total += static_cast<double>(to[s]);
}
for (Index s = 0; s < seen; ++s) to[s] /= static_cast<real>(total);
std::fill_n(to + seen, S - seen, real(0));
