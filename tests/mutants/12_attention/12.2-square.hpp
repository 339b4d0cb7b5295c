// Takes the mask for a square: row t begins at t * T.
for (Index t = 0; t < T && t < S; ++t) std::fill_n(numbers + t * T, std::min(t + 1, S), real(0));
return mask;
