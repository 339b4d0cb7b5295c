// adds the two halves
    return w2(silu(w1(x)) + w3(x));
