// copies row i instead of row ids[i]
for (Index i = 0; i < ids.numel(); ++i) {
  std::copy_n(from + (i % in[0].size(0)) * channels, channels, to + i * channels);
}
