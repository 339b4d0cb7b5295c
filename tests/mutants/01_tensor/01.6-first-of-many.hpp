// Hands out the first of many numbers as if it were the only one.
    if (numel() == 0) {
      throw ShapeError("item: expects exactly one element, got shape " +
                       tinytorch::to_string(shape()));
    }
    return *data();
