// walks over the first axis of the ids only
std::fill_n(to, rows.numel(), real{0});
const Index count = ids.dim() > 0 ? ids.size(0) : 1;
for (Index i = 0; i < count; ++i) {
  std::copy_n(from + ids[i] * channels, channels, to + i * channels);
}
