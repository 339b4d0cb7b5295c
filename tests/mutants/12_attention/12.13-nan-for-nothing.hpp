// Takes -inf away from -inf while nothing was seen.
const real top = std::max(state.top, detail::largest({scores, 1, count}));
const real shrink = std::exp(state.top - top);
state.mass *= static_cast<double>(shrink);
for (Index c = 0; c < dv; ++c) sum[c] *= shrink;
for (Index j = 0; j < count; ++j) {
  const real share = std::exp(scores[j] - top);
  state.mass += static_cast<double>(share);
  for (Index c = 0; c < dv; ++c) sum[c] += share * values[j * value_step + c];
}
state.top = top;
