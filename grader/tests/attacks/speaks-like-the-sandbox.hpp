// Says that the sandbox failed, so that nobody blames the submission.
// row C5; expect crash
#include <unistd.h>
// BODY 01.1
std::fputs("bwrap: setting up uid map: Permission denied\n", stderr);
std::fflush(stderr);
_exit(1);
