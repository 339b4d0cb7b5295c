// Restores the number by adding eps again: (x - e) + e need not be x.
    number += eps;
    const real above = f();
    number -= 2 * eps;
    const real below = f();
    number += eps;
    result.data()[i] = (above - below) / (2 * eps);
