// the second sum is forgotten
    const Tensor heard = x + attend(ln_1(x));
    return mlp(ln_2(heard));
