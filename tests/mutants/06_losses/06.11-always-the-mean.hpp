// The mean of the line even without smoothing: 0 * -inf where scores are masked.
      if (label == ignore_index) return;
      double total = 0;
      for (Index c = 0; c < x.size; ++c) total += static_cast<double>(x[c]);
      const double wanted = (1 - smoothing) * static_cast<double>(x[label]) +
                            smoothing * total / static_cast<double>(x.size);
      loss = static_cast<real>(detail::log_sum_exp(x) - wanted);
