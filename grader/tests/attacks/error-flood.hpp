// Errors without end.
// row 45; expect compile_error
template <int n>
void fail_at() {
  static_assert(n < 0, "no");
  if constexpr (n < 800) fail_at<n + 1>();
}
static const int flood = (fail_at<0>(), 0);
#error and one more
