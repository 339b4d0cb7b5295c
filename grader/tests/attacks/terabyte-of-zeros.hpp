// A program that needs a terabyte to be loaded.
// row 30; expect compile_error|crash
char zeros[1ull << 40];
char* volatile kept = zeros;
