// tests / tt_catch.hpp: Catch2 as the tests use it, the same with 2.13 and with 3.x.
//
// Use only what both have: TEST_CASE, SECTION, CHECK, REQUIRE, CHECK_FALSE, *_THROWS_AS, *_THROWS_WITH, INFO,
// CAPTURE, FAIL. Not Approx (it compares loosely and was moved); numbers are compared by tensor_close.hpp.
#pragma once
#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#define TT_CATCH_MAJOR 3
#else
#include <catch2/catch.hpp>
#define TT_CATCH_MAJOR 2
#endif

namespace tt_test {

/// CHECK_THROWS_WITH(matmul(a, b), contains("got [2, 3]")): the matcher changed its name in 3.0.
inline auto contains(const std::string& part) {
#if TT_CATCH_MAJOR >= 3
  return Catch::Matchers::ContainsSubstring(part);
#else
  return Catch::Matchers::Contains(part);
#endif
}

}  // namespace tt_test
