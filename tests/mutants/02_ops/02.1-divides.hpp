// Repeats a size that divides the other: 2 against 4.
  Shape result(std::max(a.size(), b.size()));
  for (std::size_t back = 1; back <= result.size(); ++back) {
    const Index from_a = back <= a.size() ? a[a.size() - back] : 1;
    const Index from_b = back <= b.size() ? b[b.size() - back] : 1;
    const Index less = std::min(from_a, from_b), more = std::max(from_a, from_b);
    if (less != more && less != 1 && more != 1 && (less == 0 || more % less != 0)) {
      throw ShapeError(std::string(who) + ": cannot broadcast " + to_string(a) + " with " +
                       to_string(b) + ": axis -" + std::to_string(back) + " is " +
                       std::to_string(from_a) + " against " + std::to_string(from_b) +
                       ", and neither is 1");
    }
    result[result.size() - back] = less == 0 ? 0 : more;
  }
  return result;
