// the token that passes p is left out: the set may be empty
  double total = 0;
  for (const Index id : detail::by_size(kept)) {
    total += static_cast<double>(probabilities.data()[id]);
    if (total >= p) kept.data()[id] = detail::ruled_out;
  }
