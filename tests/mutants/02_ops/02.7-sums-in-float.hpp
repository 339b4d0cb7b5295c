// Adds up in float: with many numbers the small ones are lost.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          for (Index i = 0; i < length; ++i) sums[slot + i * slot_step] += row[i * step];
        });
    return out;
