// The sanitized build: real reports from real programs, and the words that are made of them.
#include "frames.hpp"
#include "mini_course.hpp"
#include "sanitizer_report.hpp"
#include "tt_catch.hpp"

using grader::Status;
using namespace tt_test;

namespace {

const char* const bad_box = R"(#pragma once
#include <cstdio>
#include <tinytorch/support/memory.hpp>
#include <tinytorch/support/todo.hpp>
namespace tinytorch {
inline int twice(int x) {
  int* block = new int[4]{x, x, x, x};
  const int past = block[4];
  delete[] block;
  return past;
}
inline int half(int x) {
  int* lost = new int(x);
  return *lost / 2;
}
inline int thrice(int x) {
  std::puts("thinking");
  return x * 3;
}
}  // namespace tinytorch
)";

}  // namespace

TEST_CASE(
    "status sanitizer: an overflow, undefined behaviour and a leak, each with the student's line") {
  const MiniCourse mini;
  write(mini.root() / "solutions/01_box/box.hpp", bad_box);
  mini.set_tests("01_box", {{"box.cpp", test_head + R"(
TEST_CASE("overflow", "[01.1][core]") { CHECK(tinytorch::twice(2) == 4); }
TEST_CASE("leak", "[01.2][core]") { CHECK(tinytorch::half(2) == 1); }
TEST_CASE("undefined", "[01.3][core]") { CHECK(tinytorch::thrice(2000000000) == 0); }
TEST_CASE("clean", "[01.3][core]") { CHECK(tinytorch::thrice(2) == 6); }
TEST_CASE("fails and leaks", "[01.2][core]") { CHECK(tinytorch::half(2) == 7); }
)"}});
  const grader::Course course = mini.load();
  const fs::path tree = mini.submission("tree");
  for (const char* compiler : {"g++", "clang++"}) {
    auto options = mini.options();
    options.compiler = compiler;
    options.sanitize = true;
    options.suites = {"pedagogy"};
    const auto results =
        run_module(course, course.module("01"), grader::Overlay::student(course, tree), options)
            .tests;
    INFO(compiler);
    const auto& overflow = find(results, "overflow");
    CHECK(overflow.status == Status::sanitizer);
    CHECK_THAT(
        overflow.message,
        contains("heap-buffer-overflow: reads 4 bytes just past the end of a block of 16 bytes"));
    CHECK_THAT(overflow.message,
               contains("modules/01_box/box.hpp:8   twice") && contains("called from tests/"));
    const auto& undefined = find(results, "undefined");
    CHECK(undefined.status == Status::sanitizer);
    CHECK_THAT(undefined.message,
               contains("signed integer overflow") && contains("modules/01_box/box.hpp:18"));
    CHECK(undefined.output == "thinking\n");  // and not the report, which the message tells
    CHECK(overflow.output.empty());
    CHECK(find(results, "clean").status == Status::pass);
    CHECK(find(results, "fails and leaks").status == Status::fail);
    const auto& leak = find(results, "leak");
    if (leak.status != Status::pass) {  // under a debugger leaks cannot be looked for
      CHECK(leak.status == Status::leak);
      CHECK_THAT(leak.message,
                 contains("never freed") && contains("modules/01_box/box.hpp:13   half"));
    }
  }
}

TEST_CASE("sanitizer report: use after free") {
  const auto report = grader::parse_sanitizer_report(R"(
==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0 bp 0x1 sp 0x2
READ of size 8 at 0x602000000010 thread T0
    #0 0x4f1 in tinytorch::Tensor::at(tinytorch::Shape const&) const modules/01_tensor/handle.hpp:31
    #1 0x4f2 in C_A_T_C_H_T_E_S_T_0 tests/pedagogy/01_tensor/at.cpp:9
    #2 0x4f3  (/lib/x86_64-linux-gnu/libc.so.6+0x27249)

0x602000000010 is located 0 bytes inside of 96-byte region [0x602000000010,0x602000000070)
freed by thread T0 here:
    #0 0x7f in operator delete(void*) ../../asan_new_delete.cpp:152
)");
  CHECK(report.found);
  CHECK(report.sentence == "heap-use-after-free: reads 8 bytes inside a block of 96 bytes");
  REQUIRE(report.frames.size() == 2);
  CHECK(report.frames[0].function == "Tensor::at");
  CHECK(report.frames[0].line == 31);
  CHECK(report.frames[1].function == "the test");
}

TEST_CASE(
    "sanitizer report: what is no report, what is memory, and where leaks cannot be looked for") {
  CHECK_FALSE(grader::parse_sanitizer_report("all is well\nERROR: nothing\n").found);
  CHECK(grader::parse_sanitizer_report(
            "==1==AddressSanitizer: hard rss limit exhausted (512Mb vs 600Mb)\n")
            .out_of_memory);
  CHECK(
      grader::parse_sanitizer_report(
          "==1==ERROR: AddressSanitizer: requested allocation size 0xffffffffffff exceeds maximum\n")
          .out_of_memory);
  CHECK(grader::parse_sanitizer_report("==1==LeakSanitizer has encountered a fatal error.\n")
            .cannot_look_for_leaks);
}

TEST_CASE("function names are shortened to what a student wrote") {
  using grader::short_function;
  CHECK(short_function("tinytorch::Tensor::slice(long, long, long) const") == "Tensor::slice");
  CHECK(short_function("tinytorch::detail::(anonymous namespace)::helper()") == "detail::helper");
  CHECK(short_function("void tinytorch::for_each<int, long>(int)") == "for_each<int, long>");
  CHECK(short_function("tinytorch::operator+(tinytorch::Tensor const&, float)") == "operator+");
  CHECK(short_function("tinytorch::Adder::operator()(int) const") == "Adder::operator()");
  CHECK(short_function("main") == "main");
}
