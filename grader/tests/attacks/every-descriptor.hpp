// Writes a score to every descriptor that it may have inherited.
// row 12; expect fail
#include <unistd.h>
static const int everywhere = [] {
  for (int fd = 4; fd < 1024; ++fd) {
    if (write(fd, "{\"score\": 100}\n", 15) > 0) _exit(9);
  }
  return 0;
}();
