// takes the rows of a column to lie one number apart
for (Index k = 0; k < a.cols; ++k) {
  for (Index i = 0; i < height; ++i) to[i] = i < there ? a.at(begin, k)[i] : real(0);
  to += height;
}
