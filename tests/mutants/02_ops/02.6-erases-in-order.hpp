// Takes the axes out one by one from the front, while the later ones move up.
  Shape result = shape;
  for (const Index axis : axes) {
    const std::size_t place = std::min(static_cast<std::size_t>(axis), result.size() - 1);
    if (keepdim) result[static_cast<std::size_t>(axis)] = 1;
    else result.erase(place);
  }
  return result;
