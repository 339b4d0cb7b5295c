// the row is only stretched: the mean stays in it
  const double count = static_cast<double>(channels);
  double total = 0, squares = 0;
  for (Index c = 0; c < channels; ++c) total += static_cast<double>(from[c]);
  const double mean = total / count;
  for (Index c = 0; c < channels; ++c) {
    const double distance = static_cast<double>(from[c]) - mean;
    squares += distance * distance;
  }
  const double scale = 1 / std::sqrt(squares / count + eps);
  for (Index c = 0; c < channels; ++c) {
    to[c] = static_cast<real>(static_cast<double>(from[c]) * scale);
  }
