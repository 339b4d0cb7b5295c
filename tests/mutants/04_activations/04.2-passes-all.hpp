// Forgets that relu was off somewhere.
  return {g + 0 * out};
