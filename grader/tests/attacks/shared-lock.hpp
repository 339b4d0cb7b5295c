// Talks to another submission through locks of shared files.
// row 57; expect fail
#include <sys/file.h>
#include <fcntl.h>
// BODY 01.1
const int fd = open("/usr/bin/env", O_RDONLY);
if (fd >= 0 && flock(fd, LOCK_EX) == 0) return std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>());
return 42;
