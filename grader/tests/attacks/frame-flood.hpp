// Reports for ever.
// row 32; expect timeout
#include <unistd.h>
// BODY 01.1
for (;;) {
  if (write(3, "i 1 2 3 4 5 6 7 8\n", 18) < 0) return 42;
}
