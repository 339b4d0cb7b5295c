// Aligns the shapes from the left.
  Shape result(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < result.size(); ++i) {
    const Index from_a = i < a.size() ? a[i] : 1;
    const Index from_b = i < b.size() ? b[i] : 1;
    if (from_a != from_b && from_a != 1 && from_b != 1) {
      throw ShapeError(std::string(who) + ": cannot broadcast " + to_string(a) + " with " +
                       to_string(b) + ": axis -" + std::to_string(result.size() - i) + " is " +
                       std::to_string(from_a) + " against " + std::to_string(from_b) +
                       ", and neither is 1");
    }
    result[i] = from_a == 1 ? from_b : from_a;
  }
  return result;
