// A header without end.
// row 41; expect fail|compile_error
#include "/dev/zero"
