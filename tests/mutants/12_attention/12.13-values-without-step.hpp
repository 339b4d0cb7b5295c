// Takes the values of the keys for one contiguous list of single numbers.
const real top = std::max(state.top, detail::largest({scores, 1, count}));
const real shift = top == detail::minus_infinity ? 0 : top;
const real shrink = std::exp(state.top - shift);
state.mass *= static_cast<double>(shrink);
(void)value_step;
for (Index c = 0; c < dv; ++c) sum[c] *= shrink;
for (Index j = 0; j < count; ++j) {
  const real share = std::exp(scores[j] - shift);
  state.mass += static_cast<double>(share);
  for (Index c = 0; c < dv; ++c) sum[c] += share * values[j + c];
}
state.top = top;
