// Takes the leading axes of a alone: those of b do not count.
  if (a.size() < 2 || b.size() < 2) refuse("both need two axes or more");
  const Index inner_a = a.back(), inner_b = b[b.size() - 2];
  if (inner_a != inner_b) {
    refuse("the inner sizes " + std::to_string(inner_a) + " and " + std::to_string(inner_b) +
           " differ");
  }
  Shape shape(a.begin(), a.end() - 2);
  shape.push_back(a[a.size() - 2]);
  shape.push_back(b.back());
  return shape;
