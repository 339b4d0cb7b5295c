// Keeps the axes that are reduced and drops the others.
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool reduced =
        std::find(axes.begin(), axes.end(), static_cast<Index>(axis)) != axes.end();
    if (reduced) result.push_back(shape[axis]);
    else if (keepdim) result.push_back(1);
  }
  return result;
