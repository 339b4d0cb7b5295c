// stops at the first padding id
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] == padding_idx) break;
  for (Index c = 0; c < channels; ++c) to[ids[i] * channels + c] += from[i * channels + c];
}
