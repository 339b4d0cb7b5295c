// Hides the tokens and shows the padding.
for (Index b = 0; b < batch; ++b) {
  const Index length = lengths[b];
  if (length < 0 || length > S) {
    throw ValueError("padding_mask: expects lengths in [0, " + std::to_string(S) + "], got " +
                     std::to_string(length) + " for sequence " + std::to_string(b));
  }
  std::fill_n(mask.data() + b * S, length, detail::minus_infinity);
}
return mask;
