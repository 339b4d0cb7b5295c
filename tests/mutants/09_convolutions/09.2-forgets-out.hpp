// the run may end after the last place
  const auto first_at_least = [&](Index n) {
    return n <= 0 ? 0 : (n + stride - 1) / stride;
  };
  return {first_at_least(-shift), first_at_least(in - shift)};
