// Takes the difference to one side only: wrong by O(e), not by O(e^2).
    const real before = number;
    const real below = f();
    number = before + eps;
    const real above = f();
    number = before;
    result.data()[i] = (above - below) / eps;
