// the normalised form is added to, not the stream
    const Tensor normal = ln_1(x);
    const Tensor heard = normal + attend(normal);
    const Tensor second = ln_2(heard);
    return second + mlp(second);
