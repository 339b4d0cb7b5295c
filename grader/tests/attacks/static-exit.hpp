// Ends the program with success before main.
// row 1; expect crash
#include <unistd.h>
static const int early = (_exit(0), 0);
