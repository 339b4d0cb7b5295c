// Kills its parent and whoever else it can reach.
// row 33; expect fail|crash
#include <csignal>
#include <unistd.h>
// BODY 01.1
kill(getppid(), SIGKILL);
kill(-1, SIGKILL);
return 42;
