// Opens the solution while it runs.
// row 37; expect fail
#include <fstream>
// BODY 01.1
std::ifstream file("@ROOT@/solutions/01_tensor/shape.hpp");
return file ? std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>()) : 42;
