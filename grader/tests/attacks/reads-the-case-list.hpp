// Reads the list of cases, so that the program thinks it is done.
// row 26; expect fail|crash
#include <unistd.h>
// BODY 01.1
char c;
while (read(0, &c, 1) > 0) {
}
std::fclose(stdin);
return 42;
