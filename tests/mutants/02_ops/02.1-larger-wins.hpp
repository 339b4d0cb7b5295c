// Takes the larger of two sizes: wrong where one is 0 and the other 1.
  Shape result(std::max(a.size(), b.size()));
  for (std::size_t back = 1; back <= result.size(); ++back) {
    const Index from_a = back <= a.size() ? a[a.size() - back] : 1;
    const Index from_b = back <= b.size() ? b[b.size() - back] : 1;
    if (from_a != from_b && from_a != 1 && from_b != 1) {
      throw ShapeError(std::string(who) + ": cannot broadcast " + to_string(a) + " with " +
                       to_string(b) + ": axis -" + std::to_string(back) + " is " +
                       std::to_string(from_a) + " against " + std::to_string(from_b) +
                       ", and neither is 1");
    }
    result[result.size() - back] = std::max(from_a, from_b);
  }
  return result;
