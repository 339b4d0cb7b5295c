// of nothing asked the accuracy is said to be 0
  const IndexTensor guess = argmax(logits, -1);
  double right = 0, asked = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    if (labels[i] == options.ignore_index) continue;
    ++asked;
    if (guess[i] == labels[i]) ++right;
  }
  return asked > 0 ? right / asked : 0;
