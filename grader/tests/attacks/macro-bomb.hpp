// A macro that becomes a thousand million words.
// row 42; expect compile_error
#define A0(x) x x x x x x x x x x
#define A1(x) A0(A0(A0(x)))
#define A2(x) A1(A1(A1(x)))
static const char* bomb = A2("boom");
