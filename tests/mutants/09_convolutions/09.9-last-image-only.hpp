// dw is assigned: only the last image counts
  for (Index n = 0; n < x.size(0); ++n) {
    const Tensor gn = grads.select(0, n);  // [G, O/G, L]
    if (x.requires_grad()) {
      const Tensor seen = matmul(kernels.transpose(1, 2), gn);  // [G, K, L]
      dx.push_back(fold(seen.reshape({1, -1, seen.size(2)}), image, op.kernel(w), op.steps()));
    }
    if (w.requires_grad()) {
      const Tensor part = matmul(gn, op.columns(x, w, n).transpose(1, 2));  // [G, O/G, K]
      dw = part;
    }
  }
