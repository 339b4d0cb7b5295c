// gives the padding row its gradient
for (Index i = 0; i < ids.numel(); ++i) {
  for (Index c = 0; c < channels; ++c) to[ids[i] * channels + c] += from[i * channels + c];
}
