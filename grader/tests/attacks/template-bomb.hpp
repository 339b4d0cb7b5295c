// A template that needs more than the compiler has.
// row 42; expect compile_error
template <int n>
struct Bomb {
  Bomb<n + 1> left;
  Bomb<n + 2> right;
};
static Bomb<0> bomb;
