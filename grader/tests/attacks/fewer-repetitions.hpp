// Registers observations that run only once.
// row 5; expect crash
#undef OBSERVE
#define OBSERVE(blank, name) OBSERVE_TIMES(1, blank, name)
namespace observe { inline const int dropped = (observations().clear(), 0); }
static const int cleared = [] { std::atexit([] { observe::observations().clear(); }); return 0; }();
// BODY 01.1
std::exit(0);
