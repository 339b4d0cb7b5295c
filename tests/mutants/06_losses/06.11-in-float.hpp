// In float to the end: near 10000 the difference has lost its digits.
      if (label == ignore_index) return;
      real wanted = x[label];
      if (smoothing != 0) {
        double total = 0;
        for (Index c = 0; c < x.size; ++c) total += static_cast<double>(x[c]);
        wanted = static_cast<real>((1 - smoothing) * static_cast<double>(wanted) +
                                   smoothing * total / static_cast<double>(x.size));
      }
      loss = static_cast<real>(detail::log_sum_exp(x)) - wanted;
