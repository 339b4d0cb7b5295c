// Includes the solution by its path.
// row 13; expect compile_error
#include "@ROOT@/solutions/01_tensor/shape.hpp"
