// Recurses without end.
// row 2; expect crash
inline long deeper(long n) { volatile char page[4096]; page[n % 4096] = 1; return deeper(n + page[n % 4096]) + 1; }
// BODY 01.1
return deeper(0);
