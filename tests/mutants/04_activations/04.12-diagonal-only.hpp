// Only how each place depends on its own score, as for sigmoid.
  return {g * out * (1 - out) + 0 * static_cast<real>(axis)};
