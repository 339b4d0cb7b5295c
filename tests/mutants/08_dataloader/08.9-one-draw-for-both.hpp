// Only diagonal moves.
    Tensor padded = x;
    if (padding_ > 0) {
      Shape shape = x.shape();
      shape[shape.size() - 2] = height;
      shape[shape.size() - 1] = width;
      padded = zeros(shape);
      padded.slice(-2, padding_, height - padding_).slice(-1, padding_, width - padding_).copy_(x);
    }
    const Index at = rng.below(std::min(height, width) - size_ + 1);
    return padded.slice(-2, at, at + size_).slice(-1, at, at + size_);
