// the variance is divided where the standard deviation should be
    if (name.find("ln_") != name.npos) continue;
    if (name.ends_with("bias")) {
      tensor.copy_(zeros(tensor.shape()));
    } else {
      const double std = name.ends_with("c_proj.weight") ? narrow * narrow / 0.02 : 0.02;
      tensor.copy_(init::normal(tensor.shape(), rng, 0, std));
    }
