// Starts the grader, the course and a shell script.
// row 37; expect fail
#include <cstdlib>
#include <unistd.h>
// BODY 01.1
if (std::system("@ROOT@/tito/tito --version") == 0) return std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>());
return 42;
