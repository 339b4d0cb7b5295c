// every place is taken to be right of the border
  const auto first_at_least = [&](Index n) {
    return n <= 0 ? 0 : std::min(out, (n + stride - 1) / stride);
  };
  return {0, first_at_least(in - shift)};
