// Looks for the grader in /proc and writes into its memory.
// row 34; expect fail
#include <fstream>
#include <unistd.h>
// BODY 01.1
for (int pid = 2; pid < 5000; ++pid) {
  if (pid == getpid()) continue;
  std::fstream memory("/proc/" + std::to_string(pid) + "/mem", std::ios::in | std::ios::out);
  if (memory) memory << "score 100";
}
return 42;
