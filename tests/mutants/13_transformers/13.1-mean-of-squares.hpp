// mean(x^2) - mean(x)^2 in float, which loses the digits of a small spread
  const real count = static_cast<real>(channels);
  real total = 0, squares = 0;
  for (Index c = 0; c < channels; ++c) {
    total += from[c];
    squares += from[c] * from[c];
  }
  const real mean = total / count;
  const real scale = 1 / std::sqrt(squares / count - mean * mean + static_cast<real>(eps));
  for (Index c = 0; c < channels; ++c) to[c] = (from[c] - mean) * scale;
