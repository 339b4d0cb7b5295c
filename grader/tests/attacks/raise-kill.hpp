// Kills itself, so that no handler can tell.
// row 2; expect crash
#include <csignal>
// BODY 01.1
std::raise(SIGKILL);
return 42;
