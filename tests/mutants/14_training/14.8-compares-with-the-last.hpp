// a loss is compared with the one before it, not with the best
    if (loss < best_ - options_.min_delta) waited_ = 0;
    else ++waited_;
    best_ = loss;
    return waited_ >= options_.patience;
