// Leaves a process behind that has its own session.
// row 28; expect fail
#include <unistd.h>
static const int daemonised = [] {
  if (fork() == 0) {
    setsid();
    if (fork() == 0) sleep(600);
    _exit(0);
  }
  return 0;
}();
