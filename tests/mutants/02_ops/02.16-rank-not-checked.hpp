// Reads sizes of axes that a vector does not have.
  const Index inner_a = a.empty() ? 1 : a.back(), inner_b = b.size() < 2 ? 1 : b[b.size() - 2];
  if (inner_a != inner_b) {
    refuse("the inner sizes " + std::to_string(inner_a) + " and " + std::to_string(inner_b) +
           " differ");
  }
  if (a.size() < 2 || b.size() < 2) return Shape{1, 1};
  Shape shape = broadcast_shapes(Shape(a.begin(), a.end() - 2), Shape(b.begin(), b.end() - 2),
                                 "matmul (leading axes)");
  shape.push_back(a[a.size() - 2]);
  shape.push_back(b.back());
  return shape;
