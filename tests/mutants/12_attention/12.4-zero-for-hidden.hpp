// A hidden score counts as 0 instead of -inf: exp(0) = 1 takes a share.
const real top = std::max(detail::largest({from, 1, seen}), real(0));
double total = static_cast<double>(S - seen) * std::exp(-static_cast<double>(top));
for (Index s = 0; s < seen; ++s) {
  to[s] = std::exp(from[s] - top);
  total += static_cast<double>(to[s]);
}
const real whole = total == 0 ? 1 : static_cast<real>(total);
for (Index s = 0; s < seen; ++s) to[s] /= whole;
std::fill_n(to + seen, S - seen, real(0));
