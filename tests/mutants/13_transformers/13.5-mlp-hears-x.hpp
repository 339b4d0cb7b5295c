// mlp reads what attention read: the two work side by side
    return x + attend(ln_1(x)) + mlp(ln_2(x));
