// Ignores the stride inside a row.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index, Index slot_step) {
          if (slot_step == 0) {
            double total = 0;
            for (Index i = 0; i < length; ++i) total += static_cast<double>(row[i]);
            sums[slot] += static_cast<real>(total);
          } else {
            for (Index i = 0; i < length; ++i) sums[slot + i] += row[i];
          }
        });
    return out;
