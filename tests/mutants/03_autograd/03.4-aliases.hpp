// Takes g itself: two leaves that were handed one gradient then share it.
  leaf.grad = leaf.grad.defined() ? leaf.grad + g : g;
