// Waits for longer than anybody does.
// row 26; expect timeout
#include <unistd.h>
// BODY 01.1
sleep(1000);
return 42;
