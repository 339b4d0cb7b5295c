// Overwrites the code that reports what was seen.
// row 9; expect fail|crash
#include <sys/mman.h>
#include <cstring>
static const int patched = [] {
  void (observe::Case::*report)(const std::int64_t*, std::size_t) = &observe::Case::put_wholes;
  unsigned char* code = nullptr;
  std::memcpy(&code, &report, sizeof code);
  auto* page = reinterpret_cast<unsigned char*>(reinterpret_cast<std::uintptr_t>(code) & ~4095ul);
  if (mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC) == 0) *code = 0xc3;  // ret
  return 0;
}();
