// Takes the length for the index of the last token and leaves one of the padding.
for (Index b = 0; b < batch; ++b) {
  const Index length = lengths[b];
  if (length < 0 || length > S) {
    throw ValueError("padding_mask: expects lengths in [0, " + std::to_string(S) + "], got " +
                     std::to_string(length) + " for sequence " + std::to_string(b));
  }
  for (Index s = length + 1; s < S; ++s) mask.set({b, 0, 0, s}, detail::minus_infinity);
}
return mask;
