// moves on by the rows that are there
for (Index k = 0; k < a.cols; ++k) {
  for (Index i = 0; i < there; ++i) *to++ = *a.at(begin + i, k);
}
