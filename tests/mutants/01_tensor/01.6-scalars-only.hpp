// Asks for no axes instead of one element, and refuses [1, 1].
    if (dim() != 0) {
      throw ShapeError("item: expects exactly one element, got shape " +
                       tinytorch::to_string(shape()));
    }
    return *data();
