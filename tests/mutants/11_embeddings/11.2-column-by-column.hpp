// writes as if the columns lay one after another
for (Index i = 0; i < own.numel(); ++i) rows.data()[own[i] * own.numel() + i] = 1;
