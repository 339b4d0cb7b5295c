// An object file that fills the disk.
// row 44; expect compile_error
char big[6ull << 30] = {1};
