// assigns where it must add: the last of repeated ids wins
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] == padding_idx) continue;
  for (Index c = 0; c < channels; ++c) to[ids[i] * channels + c] = from[i * channels + c];
}
