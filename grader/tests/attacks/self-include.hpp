// Includes itself.
// row 46; expect compile_error
#include __FILE__
#include __FILE__
