// a row after another, as the matrix is written down
for (Index i = 0; i < height; ++i) {
  for (Index k = 0; k < a.cols; ++k) *to++ = i < there ? *a.at(begin + i, k) : real(0);
}
