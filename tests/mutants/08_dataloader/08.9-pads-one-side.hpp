// The picture lies in the upper left corner of the zeros and not in their middle.
    Tensor padded = x;
    if (padding_ > 0) {
      Shape shape = x.shape();
      shape[shape.size() - 2] = height;
      shape[shape.size() - 1] = width;
      padded = zeros(shape);
      padded.slice(-2, 0, x.size(-2)).slice(-1, 0, x.size(-1)).copy_(x);
    }
    const Index top = rng.below(height - size_ + 1);
    const Index left = rng.below(width - size_ + 1);
    return padded.slice(-2, top, top + size_).slice(-1, left, left + size_);
