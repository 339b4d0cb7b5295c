// goes through the tokens in the order of their ids
  double total = 0;
  for (Index id = 0; id < kept.numel(); ++id) {
    if (total >= p) kept.data()[id] = detail::ruled_out;
    total += static_cast<double>(probabilities.data()[id]);
  }
