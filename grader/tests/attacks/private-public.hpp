// Opens every class, and makes doubles floats.
// row 20; expect compile_error
#define private public
#define protected public
#define double float
