// takes the id for an offset in memory
for (Index i = 0; i < ids.numel(); ++i) {
  const Index at = std::min(ids[i], (weight.size(0) - 1) * channels);
  std::copy_n(from + at, channels, to + i * channels);
}
