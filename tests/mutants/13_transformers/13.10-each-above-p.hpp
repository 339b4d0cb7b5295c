// keeps the tokens whose own probability is at least p
  for (Index id = 0; id < kept.numel(); ++id) {
    if (static_cast<double>(probabilities.data()[id]) < p) kept.data()[id] = detail::ruled_out;
  }
