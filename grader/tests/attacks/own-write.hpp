// Defines write itself, so that what it reports is not what was seen.
// row 22; expect crash
#include <unistd.h>
#include <sys/syscall.h>
extern "C" ssize_t write(int, const void*, std::size_t count) { return static_cast<ssize_t>(count); }
