// Notices NaN, but lets the next number replace it.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          for (Index i = 0; i < length; ++i) {
            real& winner = best[slot + i * slot_step];
            const real value = row[i * step];
            if (!(value <= winner)) winner = value;
          }
        });
    return out;
