// exp without the maximum taken away.
      if (label == ignore_index) return;
      double all = 0, mean = 0;
      for (Index c = 0; c < x.size; ++c) {
        all += static_cast<double>(std::exp(x[c]));
        mean += static_cast<double>(x[c]) / static_cast<double>(x.size);
      }
      const double wanted = static_cast<double>(x[label]);
      loss = static_cast<real>(std::log(all) -
                               (smoothing == 0 ? wanted
                                               : (1 - smoothing) * wanted + smoothing * mean));
