// Adds each row into one slot, also where its numbers have slots of their own.
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index) {
          double total = 0;
          for (Index i = 0; i < length; ++i) total += static_cast<double>(row[i * step]);
          sums[slot] += static_cast<real>(total);
        });
    return out;
