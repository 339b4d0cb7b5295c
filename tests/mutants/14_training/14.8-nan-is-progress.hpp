// the comparison is written the other way round, so NaN counts as progress
    if (loss >= best_ - options_.min_delta) {
      ++waited_;
    } else {
      best_ = loss;
      waited_ = 0;
    }
    return waited_ >= options_.patience;
