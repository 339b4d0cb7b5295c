// Asks for more than it was given, and takes it.
// row 29; expect memory|timeout
#include <sys/resource.h>
// BODY 01.1
const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
setrlimit(RLIMIT_AS, &more);
std::vector<std::vector<char>> all;
for (;;) all.emplace_back(64 << 20, 1);
