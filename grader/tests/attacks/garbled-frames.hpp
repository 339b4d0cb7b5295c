// Writes bytes that no reader expects.
// row 11; expect crash
#include <unistd.h>
// BODY 01.1
const char text[] = "case 99999999999999999999 -1\n\xff\xfe d 1e999999 nan nan\0\nend\nend\ni 1\n";
if (write(3, text, sizeof text - 1) < 0) _exit(1);
return 42;
