// Forgets that the shared term is felt by all places.
  return {g - exp(out) * g + 0 * static_cast<real>(axis)};
