// A larger maximum comes, and what was added before keeps its old size.
const real top = std::max(state.top, detail::largest({scores, 1, count}));
const real shift = top == detail::minus_infinity ? 0 : top;
for (Index j = 0; j < count; ++j) {
  const real share = std::exp(scores[j] - shift);
  state.mass += static_cast<double>(share);
  for (Index c = 0; c < dv; ++c) sum[c] += share * values[j * value_step + c];
}
state.top = top;
