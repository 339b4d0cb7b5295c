// ignored labels are left out of the right ones but not of the count
  const IndexTensor guess = argmax(logits, -1);
  double right = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    if (labels[i] != options.ignore_index && guess[i] == labels[i]) ++right;
  }
  return right / static_cast<double>(labels.numel());
