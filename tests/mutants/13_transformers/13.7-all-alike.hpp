// the layers that end in the residual stream are not made narrower
    if (name.find("ln_") != name.npos) continue;
    if (name.ends_with("bias")) {
      tensor.copy_(zeros(tensor.shape()));
    } else {
      const double std = 0.02 + 0 * narrow;
      tensor.copy_(init::normal(tensor.shape(), rng, 0, std));
    }
