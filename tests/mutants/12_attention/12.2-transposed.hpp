// Hides the past and shows the future: rows and columns exchanged.
for (Index t = 0; t < T; ++t) {
  for (Index s = t; s < S; ++s) numbers[t * S + s] = 0;
}
return mask;
