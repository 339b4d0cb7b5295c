// Defines operator new itself.
// row 22; expect fail
#include <cstdlib>
#include <new>
void* operator new(std::size_t size) { return std::calloc(1, size + 64); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
