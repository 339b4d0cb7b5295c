// weights of the norms are drawn, too: the signal is multiplied by 0.02 in every block
    if (name.ends_with("bias")) {
      tensor.copy_(zeros(tensor.shape()));
    } else {
      const double std = name.ends_with("c_proj.weight") ? narrow : 0.02;
      tensor.copy_(init::normal(tensor.shape(), rng, 0, std));
    }
