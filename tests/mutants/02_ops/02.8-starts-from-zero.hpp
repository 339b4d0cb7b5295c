// Starts from 0: the largest of negative numbers is then 0.
    for (Index i = 0; i < out.numel(); ++i) best[i] = 0;
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          for (Index i = 0; i < length; ++i) {
            real& winner = best[slot + i * slot_step];
            const real value = row[i * step];
            if (value > winner || std::isnan(value)) winner = value;
          }
        });
    return out;
