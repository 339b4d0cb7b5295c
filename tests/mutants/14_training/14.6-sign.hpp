// perplexity is taken for the probability of a token, its inverse
  return std::exp(-mean_loss);
