// cat instead of stack: the first axis grows.
  Shape shape = tensors[0].shape();
  if (shape.empty()) shape.push_back(1);
  std::vector<Index> values;
  for (const IndexTensor& t : tensors) {
    if (t.shape() != tensors[0].shape()) {
      throw ShapeError("stack: expects tensors of one shape, got " +
                       to_string(tensors[0].shape()) + " and " + to_string(t.shape()));
    }
    values.insert(values.end(), t.data(), t.data() + t.numel());
  }
  shape[0] *= static_cast<Index>(tensors.size());
  return IndexTensor(std::move(values), shape);
