// A child that outlives the program writes frames later.
// row 3; expect fail
#include <unistd.h>
static const int forked = [] {
  if (fork() == 0) {
    sleep(1);
    const char text[] = "case 0 0\ni 1\nend\n";
    _exit(write(3, text, sizeof text - 1) < 0);
  }
  return 0;
}();
