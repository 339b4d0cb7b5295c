// the first place that is inside is rounded down: it still reads the padding
  const auto first_at_least = [&](Index n) {
    return n <= 0 ? 0 : std::min(out, n / stride);
  };
  return {first_at_least(-shift), first_at_least(in - shift)};
