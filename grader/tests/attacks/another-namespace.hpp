// Makes a user namespace, to be root in.
// row C4; expect fail
#include <sched.h>
// BODY 01.1
if (unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) return std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>());
return 42;
