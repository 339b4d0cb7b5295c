// below(n - size): one place too few.
    Shape shape = x.shape();
    shape[shape.size() - 2] = height;
    shape[shape.size() - 1] = width;
    Tensor padded = zeros(shape);
    padded.slice(-2, padding_, height - padding_).slice(-1, padding_, width - padding_).copy_(x);
    const Index top = height == size_ ? 0 : rng.below(height - size_);
    const Index left = width == size_ ? 0 : rng.below(width - size_);
    return padded.slice(-2, top, top + size_).slice(-1, left, left + size_);
