// leaves what was in memory where there is no row
for (Index k = 0; k < a.cols; ++k) {
  for (Index i = 0; i < there; ++i) to[i] = *a.at(begin + i, k);
  to += height;
}
