// divides by the number of ids
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] == padding_idx) continue;
  for (Index c = 0; c < channels; ++c) {
    to[ids[i] * channels + c] += from[i * channels + c] / static_cast<real>(ids.numel());
  }
}
