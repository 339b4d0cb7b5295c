// Takes the gradient out of its graph: create_graph finds no second derivative.
  const Tensor plain = g.detach();
  leaf.grad = leaf.grad.defined() ? leaf.grad + plain : plain.clone();
