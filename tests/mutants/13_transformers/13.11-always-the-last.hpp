// falls through to the last index where rounding leaves the sum below u
  double total = 0;
  for (Index i = 0; i < probabilities.numel() && total <= u; ++i) {
    total += static_cast<double>(probabilities.data()[i]);
    chosen = i;
  }
