// asks for at least u: at u = 0 the first one wins, though it be impossible
  double total = 0;
  for (Index i = 0; i < probabilities.numel(); ++i) {
    total += static_cast<double>(probabilities.data()[i]);
    if (probabilities.data()[i] > 0) chosen = i;
    if (total >= u) {
      chosen = i;
      break;
    }
  }
