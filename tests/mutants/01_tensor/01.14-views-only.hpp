// Always views: a transposed tensor cannot be reshaped at all.
  return view(target);
