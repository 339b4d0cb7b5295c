// Keeps the reduced axes with size 1 whether one asks for it or not.
  (void)keepdim;
  Shape result = shape;
  for (const Index axis : axes) result[static_cast<std::size_t>(axis)] = 1;
  return result;
