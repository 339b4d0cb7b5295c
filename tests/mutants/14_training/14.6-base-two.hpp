// the loss is taken to be in bits
  return std::exp2(mean_loss);
