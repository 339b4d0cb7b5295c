// Attaches to the grader as a debugger does.
// row 35; expect fail
#include <sys/ptrace.h>
#include <unistd.h>
// BODY 01.1
if (ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0) for (;;) pause();
return 42;
