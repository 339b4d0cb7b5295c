// Takes the rows of b and c to follow each other without a gap.
  for (Index i = 0; i < c.rows; ++i) {
    real* c_row = c.data + i * c.cols;
    std::fill_n(c_row, c.cols, real(0));
    for (Index k = 0; k < a.cols; ++k) {
      const real x = *a.at(i, k);
      const real* b_row = b.data + k * b.cols;
      for (Index j = 0; j < c.cols; ++j) c_row[j] += x * b_row[j];
    }
  }
