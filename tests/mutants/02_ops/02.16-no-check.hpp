// Does not compare the inner sizes.
  if (a.size() < 2 || b.size() < 2) refuse("both need two axes or more");
  Shape shape = broadcast_shapes(Shape(a.begin(), a.end() - 2), Shape(b.begin(), b.end() - 2),
                                 "matmul (leading axes)");
  shape.push_back(a[a.size() - 2]);
  shape.push_back(b.back());
  return shape;
