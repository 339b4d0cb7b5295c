// normalises the sum, as in 2017: the stream is interrupted in every block
    const Tensor heard = ln_1(x + attend(x));
    return ln_2(heard + mlp(heard));
