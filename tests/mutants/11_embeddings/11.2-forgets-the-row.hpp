// writes all ones into the first row
for (Index i = 0; i < own.numel(); ++i) rows.data()[own[i]] = 1;
