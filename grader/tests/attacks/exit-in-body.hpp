// Ends the program with success inside the function under test.
// row 2; expect crash
#include <unistd.h>
// BODY 01.1
_exit(0);
