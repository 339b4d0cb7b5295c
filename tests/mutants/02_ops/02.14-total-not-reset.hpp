// Begins the sum once, and not for each element.
  real total = 0;
  for (Index i = 0; i < c.rows; ++i) {
    for (Index j = 0; j < c.cols; ++j) {
      for (Index k = 0; k < a.cols; ++k) total += *a.at(i, k) * *b.at(k, j);
      *c.at(i, j) = total;
    }
  }
