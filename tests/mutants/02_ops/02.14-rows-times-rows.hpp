// Multiplies rows of a with rows of b, as if b were transposed already.
  for (Index i = 0; i < c.rows; ++i) {
    for (Index j = 0; j < c.cols; ++j) {
      real total = 0;
      for (Index k = 0; k < a.cols; ++k) {
        total += *a.at(i, k) * *b.at(j % b.rows, k % b.cols);
      }
      *c.at(i, j) = total;
    }
  }
