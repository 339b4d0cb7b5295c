// argmax is taken along the first axis: the best example of each class
  const IndexTensor guess = argmax(logits, 0);
  double right = 0, asked = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    if (labels[i] == options.ignore_index) continue;
    ++asked;
    if (i < guess.numel() && guess[i] == labels[i]) ++right;
  }
  return right / asked;
