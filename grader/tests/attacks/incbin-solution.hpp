// Lets the assembler read the solution.
// row 14; expect compile_error
asm(".incbin \"@ROOT@/solutions/01_tensor/shape.hpp\"");
