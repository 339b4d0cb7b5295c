// Forgets to set the row of C to 0 first.
  for (Index i = 0; i < c.rows; ++i) {
    for (Index k = 0; k < a.cols; ++k) {
      const real x = *a.at(i, k);
      for (Index j = 0; j < c.cols; ++j) *c.at(i, j) += x * *b.at(k, j);
    }
  }
