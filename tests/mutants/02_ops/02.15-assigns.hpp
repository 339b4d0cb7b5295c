// Assigns where it must add: only the last k is left.
  for (Index i = 0; i < c.rows; ++i) {
    std::fill_n(c.at(i, 0), c.cols, real(0));
    for (Index k = 0; k < a.cols; ++k) {
      const real x = *a.at(i, k);
      for (Index j = 0; j < c.cols; ++j) *c.at(i, j) = x * *b.at(k, j);
    }
  }
