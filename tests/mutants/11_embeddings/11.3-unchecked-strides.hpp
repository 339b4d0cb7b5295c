// reads the table's memory as if it were contiguous
const real* memory = in[0].data();
for (Index i = 0; i < ids.numel(); ++i) {
  std::copy_n(memory + ids[i] * channels, channels, to + i * channels);
}
