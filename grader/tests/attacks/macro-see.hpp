// Makes the observations see nothing.
// row 5; expect compile_error
#define see(...) (void)0
