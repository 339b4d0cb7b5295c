// Starts processes until there are none left.
// row 27; expect timeout|crash
#include <unistd.h>
// BODY 01.1
for (;;) {
  if (fork() < 0) usleep(1000);
}
