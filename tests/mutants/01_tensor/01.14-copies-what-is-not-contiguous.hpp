// Copies whatever is not contiguous, although some of it could be viewed.
  return contiguous().view(target);
