// Leaves a gradient alone that is there already.
  if (!leaf.grad.defined()) leaf.grad = g.clone();
