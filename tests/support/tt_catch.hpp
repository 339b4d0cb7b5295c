// tests / tt_catch.hpp: Catch2 as the tests use it, the same with 2.13 and with 3.x.
//
// Use only what both have: TEST_CASE, SECTION, CHECK, REQUIRE, CHECK_FALSE, *_THROWS_AS,
// *_THROWS_WITH, INFO, CAPTURE, FAIL. Not Approx (it compares loosely and was moved); numbers are
// compared by tensor_close.hpp.
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

/// One assertion whose words were made elsewhere: it holds if `words` is empty. Macros of our own
/// end in this call and not in CHECK or FAIL_CHECK, whose code is compiled anew at each use: 6 ms
/// of compile time against 0.3.
///   #define CHECK_TENSOR(actual, ...) tt_test::report("CHECK_TENSOR", CATCH_INTERNAL_LINEINFO,
///   #actual, words)
inline void report(const char* macro, const Catch::SourceLineInfo& where, const char* expression,
                   const std::string& words) {
  Catch::AssertionHandler handler(Catch::StringRef(macro), where, Catch::StringRef(expression),
                                  Catch::ResultDisposition::ContinueOnFailure);
  const auto result = words.empty() ? Catch::ResultWas::Ok : Catch::ResultWas::ExplicitFailure;
  handler.handleMessage(result, std::string(words));
  handler.complete();
}

}  // namespace tt_test
