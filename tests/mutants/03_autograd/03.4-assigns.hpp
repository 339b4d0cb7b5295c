// Assigns the gradient: a second backward replaces the first one's.
  leaf.grad = g.clone();
