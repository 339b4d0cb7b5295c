// the biases of the matrices are forgotten
  const Index tables = (config.vocab_size + config.block_size) * C;
  const Index block = 12 * C * C + (config.bias ? 4 * C : 2 * C);
  const Index norm = config.bias ? 2 * C : C;
  const Index output = config.tied ? 0 : config.vocab_size * C;
  return tables + config.n_layer * block + norm + output;
