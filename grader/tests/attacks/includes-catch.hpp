// Includes the test framework itself and changes how it compares.
// row 6; expect fail
#include <catch2/catch.hpp>
namespace Catch {
template <>
inline auto compareEqual<long, long>(const long&, const long&) -> bool { return true; }
}
