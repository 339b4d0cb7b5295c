// ln_1 where ln_2 belongs: equal until they are trained
    const Tensor heard = x + attend(ln_1(x));
    return heard + mlp(ln_1(heard));
