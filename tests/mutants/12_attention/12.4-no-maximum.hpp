// exp of the score itself: inf / inf above 88.
double total = 0;
for (Index s = 0; s < seen; ++s) {
  to[s] = std::exp(from[s]);
  total += static_cast<double>(to[s]);
}
const real whole = total == 0 ? 1 : static_cast<real>(total);
for (Index s = 0; s < seen; ++s) to[s] /= whole;
std::fill_n(to + seen, S - seen, real(0));
