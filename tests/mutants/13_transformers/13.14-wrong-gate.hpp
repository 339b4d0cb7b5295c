// bends w3 and leaves w1 straight
    return w2(w1(x) * silu(w3(x)));
