// Writes frames of its own after main has ended.
// row 3; expect fail
#include <unistd.h>
#include <cstring>
struct Late {
  ~Late() {
    const char text[] = "case 0 0\ni 1\nend\n";
    if (write(3, text, sizeof text - 1) < 0) _exit(1);
  }
};
static const Late late;
