// 1 where a query may look: a mask to multiply with, but it is added.
for (Index t = 0; t < T; ++t) std::fill_n(numbers + t * S, visible_keys(t, T, S), real(1));
return mask;
