// A constant that takes for ever to compute.
// row 43; expect compile_error
constexpr long spin() {
  long n = 0;
  for (long i = 0; i < (1l << 40); ++i) n += i;
  return n;
}
static_assert(spin() > 0);
