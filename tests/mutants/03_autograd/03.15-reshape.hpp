// Reshapes g to the input's shape: right numbers in the wrong places.
  Shape shape(op.order.size());
  for (std::size_t i = 0; i < op.order.size(); ++i) {
    shape[static_cast<std::size_t>(op.order[i])] = g.shape()[i];
  }
  return {g.reshape(shape)};
