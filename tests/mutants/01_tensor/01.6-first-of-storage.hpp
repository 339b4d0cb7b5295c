// Reads the start of the storage, not the start of the view.
    if (numel() != 1) {
      throw ShapeError("item: expects exactly one element, got shape " +
                       tinytorch::to_string(shape()));
    }
    return storage()->data()[0];
