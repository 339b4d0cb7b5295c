// Replaces every observation by one that sees what it likes.
// row 5; expect fail
#undef OBSERVE
#define OBSERVE(blank, name) OBSERVE_TIMES(20, blank, name) { see(c, 1); } static void OBSERVE_JOIN(unused_, __LINE__)([[maybe_unused]] observe::Case& c)
