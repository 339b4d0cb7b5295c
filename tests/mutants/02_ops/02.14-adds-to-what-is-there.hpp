// Adds to whatever C held before.
  for (Index i = 0; i < c.rows; ++i) {
    for (Index j = 0; j < c.cols; ++j) {
      for (Index k = 0; k < a.cols; ++k) *c.at(i, j) += *a.at(i, k) * *b.at(k, j);
    }
  }
