// A compiler's log in a few words: logs as g++ 12 and clang 14 wrote them, shortened.
#include "diagnosis.hpp"
#include "tt_catch.hpp"

using grader::digest_compile_log;
using tt_test::contains;

TEST_CASE("digest: g++, an error in the student's file") {
  const auto digest = digest_compile_log(
      "In file included from /c/build/overlay/tinytorch/ops.hpp:2,\n"
      "                 from /c/tests/pedagogy/02_ops/sum.cpp:1:\n"
      "/c/modules/02_ops/ops.hpp: In function 'int tinytorch::f(const tinytorch::Shape&)':\n"
      "/c/modules/02_ops/ops.hpp:77:34: error: \u2018const class tinytorch::Shape\u2019 has no member named \u2018length\u2019\n"
      "   77 |   for (size_t i = 0; i < shape.length(); ++i) {\n"
      "      |                                ^~~~~~\n"
      "/c/modules/02_ops/ops.hpp:90:3: error: expected ';' before 'return'\n",
      "/c", "/c/modules/02_ops");
  CHECK(digest.file == "modules/02_ops/ops.hpp");
  CHECK(digest.line == 77);
  CHECK(digest.column == 34);
  CHECK(digest.error == "'const class tinytorch::Shape' has no member named 'length'");
  CHECK(digest.source_line == "for (size_t i = 0; i < shape.length(); ++i) {");
  CHECK_THAT(digest.explanation, contains("size()"));
  CHECK(digest.errors == 2);
}

TEST_CASE("digest: clang shows the line of source without its number") {
  const auto digest = digest_compile_log(
      "/c/modules/01_tensor/views.hpp:12:9: error: expected ';' after return statement\n"
      "  return x\n"
      "          ^\n"
      "          ;\n"
      "1 error generated.\n",
      "/c", "/c/modules/01_tensor");
  CHECK(digest.file == "modules/01_tensor/views.hpp");
  CHECK(digest.source_line == "return x");
  CHECK_THAT(digest.explanation, contains("semicolon"));
  CHECK(digest.errors == 1);
}

TEST_CASE("digest: an error in a library that the student's line caused") {
  const auto digest = digest_compile_log(
      "/usr/include/c++/12/bits/stl_algo.h: In instantiation of 'void std::sort(A, B) [with A = int]':\n"
      "/c/modules/01_tensor/shape.hpp:31:12:   required from here\n"
      "/usr/include/c++/12/bits/stl_algo.h:4820:14: error: no match for 'operator-' (operand types are 'A' and 'B')\n",
      "/c", "/c/modules/01_tensor");
  CHECK(digest.file == "modules/01_tensor/shape.hpp");
  CHECK(digest.line == 31);
  CHECK_THAT(digest.error, contains("no match for 'operator-'"));
}

TEST_CASE("digest: the student's error is preferred to one in a test") {
  const auto digest = digest_compile_log(
      "/c/tests/pedagogy/01_tensor/a.cpp:5:1: error: 'f' was not declared in this scope\n"
      "/c/build/grader/77ab/modules/01_tensor/shape.hpp:9:1: error: expected '}' at end of input\n",
      "/c", "/c/build/grader/77ab/modules/01_tensor");
  CHECK(digest.file == "modules/01_tensor/shape.hpp");
  CHECK(digest.line == 9);
  CHECK_THAT(digest.explanation, contains("closing brace"));
}

TEST_CASE("digest: linkers, and logs that say nothing") {
  const auto lld = digest_compile_log(
      "ld.lld: error: undefined symbol: tinytorch::numel(tinytorch::Shape const&)\n"
      ">>> referenced by shape.cpp\ncollect2: error: ld returned 1 exit status\n",
      "/c", "/c/modules/01_tensor");
  CHECK(lld.error == "undefined symbol: tinytorch::numel(tinytorch::Shape const&)");
  CHECK_THAT(lld.explanation, contains("body is nowhere"));
  const auto bfd = digest_compile_log(
      "/usr/bin/ld: a.o: in function 'x':\na.cpp:(.text+0x9): undefined reference to `f(int)'\n",
      "/c", "/c/modules/01_tensor");
  CHECK_THAT(bfd.error, contains("undefined reference to `f(int)'"));
  CHECK(digest_compile_log("", "/c", "/c/modules/01_tensor").errors == 0);
}
