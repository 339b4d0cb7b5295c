// Reads all three as if they had the shape of the result in memory.
    const auto at = [](const Tensor& t, Index i) {
      return t.storage()->data()[(t.offset() + i) % t.storage()->size()];
    };
    for (Index i = 0; i < out.numel(); ++i) {
      to[i] = at(condition, i) != 0 ? at(yes, i) : at(no, i);
    }
    return out;
