// the model is put into evaluation and left there: the rest of the training has no dropout
  model.eval();
  const NoGrad no_grad;
  for (const auto& batch : batches) {
    const Index count = batch.x.size(0);
    total += static_cast<double>(loss(batch).item()) * static_cast<double>(count);
    examples += count;
  }
  if (examples == 0) return std::numeric_limits<double>::quiet_NaN();
  return total / static_cast<double>(examples);
