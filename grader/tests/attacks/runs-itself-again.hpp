// Becomes itself again with an environment of its own.
// row 38; expect crash|timeout
#include <unistd.h>
#include <cstdlib>
// BODY 01.1
static char preload[] = "LD_PRELOAD=/tmp/x.so";
char* const environment[] = {preload, nullptr};
static char name[] = "again";
char* const arguments[] = {name, nullptr};
execve("/proc/self/exe", arguments, environment);
for (;;) pause();
