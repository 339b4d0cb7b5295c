// Ends in std::terminate.
// row 2; expect crash
#include <exception>
// BODY 01.1
std::terminate();
