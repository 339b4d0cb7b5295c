// Lets the compiler print a file of the machine.
// row 15; expect compile_error
#include "/etc/passwd"
