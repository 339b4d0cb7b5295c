// Closes the descriptor on which it should report.
// row 11; expect crash
#include <unistd.h>
// BODY 01.1
close(3);
return 42;
