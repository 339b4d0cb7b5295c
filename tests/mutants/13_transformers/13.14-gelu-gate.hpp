// gelu in place of silu
    return w2(gelu(w1(x)) * w3(x));
