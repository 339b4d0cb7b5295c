// the means of the batches are averaged: the short last batch counts too much
  const ModeGuard mode(model, false);
  const NoGrad no_grad;
  for (const auto& batch : batches) {
    total += static_cast<double>(loss(batch).item());
    ++examples;
  }
  if (examples == 0) return std::numeric_limits<double>::quiet_NaN();
  return total / static_cast<double>(examples);
