// Finds an element with the number of columns, and not with the strides.
  for (Index i = 0; i < c.rows; ++i) {
    for (Index j = 0; j < c.cols; ++j) {
      real total = 0;
      for (Index k = 0; k < a.cols; ++k) {
        total += a.data[i * a.cols + k] * b.data[k * b.cols + j];
      }
      c.data[i * c.cols + j] = total;
    }
  }
