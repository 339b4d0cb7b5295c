// Waits for itself.
// row 26; expect timeout
#include <mutex>
// BODY 01.1
std::mutex m;
m.lock();
m.lock();
return 42;
