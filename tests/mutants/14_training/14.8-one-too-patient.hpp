// stops when the patience is exceeded, one evaluation late
    if (loss < best_ - options_.min_delta) {
      best_ = loss;
      waited_ = 0;
    } else {
      ++waited_;
    }
    return waited_ > options_.patience;
