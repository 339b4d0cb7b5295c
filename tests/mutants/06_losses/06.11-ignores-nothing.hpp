// A label that is ignored taken for class 0.
      const Index own = label == ignore_index ? 0 : label;
      double wanted = static_cast<double>(x[own]);
      if (smoothing != 0) {
        double total = 0;
        for (Index c = 0; c < x.size; ++c) total += static_cast<double>(x[c]);
        wanted = (1 - smoothing) * wanted + smoothing * total / static_cast<double>(x.size);
      }
      loss = static_cast<real>(detail::log_sum_exp(x) - wanted);
