// what was waited is not forgotten when the loss falls again
    if (loss < best_ - options_.min_delta) best_ = loss;
    else ++waited_;
    return waited_ >= options_.patience;
