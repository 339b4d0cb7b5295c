// With more queries than keys the count goes below 0.
return t + 1 + (S - T);
