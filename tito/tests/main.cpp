// Only where Catch2 is installed without a library that has its main.
#ifdef TT_COMPILE_CATCH_MAIN
#define CATCH_CONFIG_MAIN
#include "tt_catch.hpp"
#endif
