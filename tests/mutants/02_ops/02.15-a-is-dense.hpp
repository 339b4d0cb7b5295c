// Reads a with one number between columns, although it may be transposed.
  for (Index i = 0; i < c.rows; ++i) {
    std::fill_n(c.at(i, 0), c.cols, real(0));
    for (Index k = 0; k < a.cols; ++k) {
      const real x = a.data[i * a.cols + k];
      for (Index j = 0; j < c.cols; ++j) *c.at(i, j) += x * *b.at(k, j);
    }
  }
