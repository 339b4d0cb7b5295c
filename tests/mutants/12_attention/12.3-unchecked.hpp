// Trusts the lengths: one that is too long writes nothing and nobody is told.
for (Index b = 0; b < batch; ++b) {
  for (Index s = std::max<Index>(lengths[b], 0); s < S; ++s) {
    mask.set({b, 0, 0, s}, detail::minus_infinity);
  }
}
return mask;
