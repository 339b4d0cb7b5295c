// only the mlp's c_proj is made narrower
    if (name.find("ln_") != name.npos) continue;
    if (name.ends_with("bias")) {
      tensor.copy_(zeros(tensor.shape()));
    } else {
      const double std = name.ends_with("mlp.c_proj.weight") ? narrow : 0.02;
      tensor.copy_(init::normal(tensor.shape(), rng, 0, std));
    }
