// The whole loss scaled by 1 - s, and the mean left as it is.
      if (label == ignore_index) return;
      double total = 0;
      for (Index c = 0; smoothing != 0 && c < x.size; ++c) total += static_cast<double>(x[c]);
      const double certain = detail::log_sum_exp(x) - static_cast<double>(x[label]);
      loss = static_cast<real>((1 - smoothing) * certain -
                               smoothing * total / static_cast<double>(x.size));
