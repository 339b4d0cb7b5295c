// skips position padding_idx instead of the id
for (Index i = 0; i < ids.numel(); ++i) {
  if (i == padding_idx) continue;
  for (Index c = 0; c < channels; ++c) to[ids[i] * channels + c] += from[i * channels + c];
}
