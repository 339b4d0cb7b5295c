// Starts threads until there are none left.
// row 27; expect crash|fail|timeout
#include <thread>
#include <vector>
// BODY 01.1
std::vector<std::thread> threads;
for (;;) threads.emplace_back([] { for (;;) std::this_thread::sleep_for(std::chrono::hours(1)); });
