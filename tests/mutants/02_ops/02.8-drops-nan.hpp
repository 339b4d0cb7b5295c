// Compares with >, which NaN never wins: the NaN is hidden.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          for (Index i = 0; i < length; ++i) {
            real& winner = best[slot + i * slot_step];
            if (row[i * step] > winner) winner = row[i * step];
          }
        });
    return out;
