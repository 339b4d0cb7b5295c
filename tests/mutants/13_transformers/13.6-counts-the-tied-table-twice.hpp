// the tied table is counted at both of its places
  const Index tables = (config.vocab_size + config.block_size) * C;
  const Index block = 12 * C * C + (config.bias ? 13 * C : 2 * C);
  const Index norm = config.bias ? 2 * C : C;
  const Index output = config.vocab_size * C;
  return tables + config.n_layer * block + norm + output;
