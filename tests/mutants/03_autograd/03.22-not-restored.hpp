// Leaves the number where it was moved to.
    number += eps;
    const real above = f();
    number -= 2 * eps;
    const real below = f();
    result.data()[i] = (above - below) / (2 * eps);
