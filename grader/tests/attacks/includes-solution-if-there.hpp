// Includes the solution if the compiler can see it.
// row 13, 16; expect fail
#if __has_include("@ROOT@/solutions/01_tensor/shape.hpp")
#define SOLUTION_IS_THERE 1
#else
#define SOLUTION_IS_THERE 0
#endif
// BODY 01.1
return SOLUTION_IS_THERE ? std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>()) : 42;
