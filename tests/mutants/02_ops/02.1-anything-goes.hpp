// Lets sizes that differ pass, and takes the first.
  (void)who;
  Shape result(std::max(a.size(), b.size()));
  for (std::size_t back = 1; back <= result.size(); ++back) {
    const Index from_a = back <= a.size() ? a[a.size() - back] : 1;
    const Index from_b = back <= b.size() ? b[b.size() - back] : 1;
    result[result.size() - back] = from_a == 1 ? from_b : from_a;
  }
  return result;
