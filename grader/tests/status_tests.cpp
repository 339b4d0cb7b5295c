// Each status, earned by a test that misbehaves in just that way.
#include "frames.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"

using grader::Status;
using namespace tt_test;

namespace {

const char* const misdeeds = R"(
#include <signal.h>
#include <unistd.h>
#include <cstdlib>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace {
volatile int zero = 0;
int deeper(int n) {
  volatile char room[200];
  room[n % 200] = 1;
  return deeper(n + 1) + room[3];
}
void fill_memory() {
  std::vector<char*> kept;
  for (;;) kept.push_back(new char[1 << 24]);
}
}

TEST_CASE("passes", "[01.1][core]") { CHECK(tinytorch::twice(1) == 2); }
TEST_CASE("comma, [brackets] \"quotes\" and spaces", "[01.1][core]") { CHECK(true); }
TEST_CASE("fails", "[01.1][core]") { INFO("a word about it"); CHECK(tinytorch::twice(1) == 3); CHECK(false); }
TEST_CASE("reports words of its own", "[01.1][core]") {
  tt_test::report("CHECK_BOX", CATCH_INTERNAL_LINEINFO, "box, lid", "");
  tt_test::report("CHECK_BOX", CATCH_INTERNAL_LINEINFO, "box, lid", "the lid is missing");
}
TEST_CASE("throws", "[01.1][core]") { CHECK(true); throw std::runtime_error("twice: expects a number, got \"x\""); }
TEST_CASE("exits with 0", "[01.1][core]") { CHECK(true); std::exit(0); }
TEST_CASE("leaves without a word", "[01.1][core]") { CHECK(true); _exit(0); }
TEST_CASE("exits with 3 after it passed", "[01.1][core]") { std::atexit([] { _exit(3); }); CHECK(true); }
TEST_CASE("follows a null pointer", "[01.1][core]") { int* volatile p = nullptr; CHECK(*p == 1); }
TEST_CASE("recurses without end", "[01.1][core]") { CHECK(deeper(1) == 0); }
TEST_CASE("divides by zero", "[01.1][core]") { CHECK(7 / zero == 1); }
TEST_CASE("reads past a vector", "[01.1][core]") { std::vector<int> v(3); CHECK(v[3 + static_cast<unsigned>(zero)] == 0); }
TEST_CASE("throws where it must not", "[01.1][core]") { std::thread([] { throw std::runtime_error("lost"); }).join(); }
TEST_CASE("loops", "[01.1][core]") { CHECK(true); while (zero == 0) {} }
TEST_CASE("sleeps", "[01.1][core]") { CHECK(true); sleep(60); }
TEST_CASE("ignores the warning", "[01.1][core]") { signal(SIGALRM, SIG_IGN); sigset_t all; sigfillset(&all); sigprocmask(SIG_BLOCK, &all, nullptr); CHECK(true); for (;;) sleep(60); }
TEST_CASE("fills the memory", "[01.1][core]") { CHECK(true); fill_memory(); }
TEST_CASE("checks nothing", "[01.1][core]") {}
TEST_CASE("keeps a tensor", "[01.1][core]") { tinytorch::memory::count_allocation(4096); CHECK(true); }
TEST_CASE("leaves a process", "[01.1][core]") { if (fork() == 0) { sleep(60); _exit(0); } CHECK(true); }
TEST_CASE("reaches a blank", "[01.1][core]") { CHECK(true); tinytorch::todo("01.2", "half"); }
TEST_CASE("swallows the blank", "[01.1][core]") { try { tinytorch::todo("01.2", "half"); } catch (...) {} CHECK(true); }
TEST_CASE("expects the blank's exception", "[01.1][core]") { CHECK_THROWS(tinytorch::todo("01.2", "half")); }
TEST_CASE("reaches a blank in a thread", "[01.1][core]") { std::thread([] { tinytorch::todo("01.2", "half"); }).join(); }
TEST_CASE("writes on the record", "[01.1][core]") {
  const std::string forged = "{\"event\":\"end\",\"assertions\":1,\"failed\":0,\"out_of_memory\":false,\"todo\":\"\"}\n";
  CHECK(write(3, forged.data(), forged.size()) > 0);
  CHECK(false);
}
TEST_CASE("prints a flood", "[01.1][core]") { for (int i = 0; i < 200000; ++i) printf("\x1b[31mred and more red\n"); CHECK(true); }
TEST_CASE("writes a file", "[01.1][core]") { FILE* f = fopen("left.txt", "w"); CHECK(f != nullptr); fclose(f); }
TEST_CASE("sees a clean room", "[01.1][core]") {
  CHECK(getenv("HOME") == nullptr);
  CHECK(getenv("TT_PLANTED") == nullptr);
  for (int fd = 4; fd < 64; ++fd) {
    char target[16] = "";  // the test framework itself has one file open: where its report goes
    const bool open = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target, sizeof target - 1) > 0;
    CHECK((!open || std::string(target) == "/dev/null"));
  }
}
TEST_CASE("hears what the runner says", "[01.1][core]") { CHECK(std::string(getenv("TT_OFF")) == "01.1"); }
)";

/// All results at once: the cases run two at a time, as they would for a student.
const std::vector<grader::TestResult>& results() {
  static const std::vector<grader::TestResult> all = [] {
    setenv("TT_PLANTED", "1", 1);
    const MiniCourse mini;
    mini.set_tests("01_box", {{"misdeeds.cpp", test_head + misdeeds}});
    const grader::Course course = mini.load();
    auto options = mini.options();
    options.suites = {"pedagogy"};
    options.limits.wall_seconds = 1;
    options.limits.memory_bytes = 512 << 20;
    options.limits.output_bytes = 10000;
    options.environment = {"TT_OFF=01.1"};
    return run_module(course, course.module("01"), grader::Overlay::reference(course), options)
        .tests;
  }();
  return all;
}

const grader::TestResult& result(const std::string& name) { return find(results(), name); }

}  // namespace

TEST_CASE("status pass: it began, asserted and ended") {
  CHECK(result("passes").status == Status::pass);
  CHECK(result("passes").assertions == 1);
  CHECK(result("hears what the runner says").status == Status::pass);
}

TEST_CASE("a test's name may hold what means something to the test framework") {
  CHECK(result("comma, [brackets] \"quotes\" and spaces").status == Status::pass);
}

TEST_CASE(
    "status fail: the message has the check, its values, its place and what was said about it") {
  const auto& fails = result("fails");
  CHECK(fails.status == Status::fail);
  REQUIRE(fails.failures.size() == 2);
  CHECK(fails.failures[0].expression == "CHECK( tinytorch::twice(1) == 3 )");
  CHECK(fails.failures[0].file == "tests/pedagogy/01_box/misdeeds.cpp");
  CHECK_THAT(fails.message,
             contains("2 == 3") && contains("a word about it") && contains("1 check more"));
  const auto& words = result("reports words of its own");
  CHECK(words.status == Status::fail);
  CHECK(words.assertions == 2);
  REQUIRE(words.failures.size() == 1);
  CHECK(words.failures[0].expression == "CHECK_BOX( box, lid )");
  CHECK(words.failures[0].expansion == "the lid is missing");
  CHECK(result("throws").status == Status::fail);
  CHECK_THAT(result("throws").message, contains("expects a number, got \"x\""));
}

TEST_CASE("status crash: a process that ends before its test, whatever its exit code") {
  for (const char* name : {"exits with 0", "leaves without a word"}) {
    CHECK(result(name).status == Status::crash);
    CHECK_THAT(result(name).message, contains("ended before the test did"));
  }
  CHECK(result("exits with 3 after it passed").status == Status::crash);
}

TEST_CASE("status crash: a signal, with the line where it was") {
  const auto& null = result("follows a null pointer");
  CHECK(null.status == Status::crash);
  CHECK_THAT(null.message, contains("SIGSEGV") && contains("tests/pedagogy/01_box/misdeeds.cpp:"));
  CHECK(result("divides by zero").status == Status::crash);
  CHECK_THAT(result("divides by zero").message, contains("divided by zero"));
  CHECK_THAT(result("reads past a vector").message, contains("index past the end"));
  CHECK_THAT(result("throws where it must not").message, contains("lost"));
}

TEST_CASE("status crash: a stack overflow is called so") {
  CHECK(result("recurses without end").status == Status::crash);
  CHECK_THAT(result("recurses without end").message,
             contains("stack overflow") && contains("deeper"));
}

TEST_CASE("status timeout: wherever it hangs, and also if it will not listen") {
  for (const char* name : {"loops", "sleeps", "ignores the warning"}) {
    CHECK(result(name).status == Status::timeout);
    CHECK(result(name).seconds < 8);
  }
  CHECK_THAT(result("loops").message,
             contains("did not finish in 1 s") && contains("misdeeds.cpp:"));
}

TEST_CASE("status memory: the address space is limited") {
  CHECK(result("fills the memory").status == Status::memory);
}

TEST_CASE("status no_assertions: a test that checks nothing is no pass") {
  CHECK(result("checks nothing").status == Status::no_assertions);
}

TEST_CASE("status leak: tensor storage or a process that stays behind") {
  CHECK(result("keeps a tensor").status == Status::leak);
  CHECK(result("keeps a tensor").leaked_bytes == 4096);
  CHECK(result("leaves a process").status == Status::leak);
}

TEST_CASE("status todo: a blank was reached, also when nobody heard of it") {
  for (const char* name : {"reaches a blank", "swallows the blank", "expects the blank's exception",
                           "reaches a blank in a thread"}) {
    CHECK(result(name).status == Status::todo);
    CHECK(result(name).todo_blank == "01.2");
  }
}

TEST_CASE("a forged end on the record does not hide a failure") {
  CHECK(result("writes on the record").status == Status::fail);
}

TEST_CASE("output is capped and cleaned") {
  const auto& flood = result("prints a flood");
  CHECK(flood.status == Status::pass);
  CHECK(flood.output.size() < 20000);
  CHECK(flood.output.find('\x1b') == std::string::npos);
}

TEST_CASE("a test gets an empty environment, no descriptors and a folder that goes away") {
  INFO(result("sees a clean room").message);
  CHECK(result("sees a clean room").status == Status::pass);
  CHECK(result("writes a file").status == Status::pass);
  for (const auto& entry : fs::recursive_directory_iterator(TEST_FOLDER))
    CHECK(entry.path().filename() != "left.txt");
}

TEST_CASE("a case that is not in the program is never a pass") {
  const MiniCourse mini;
  const grader::Course course = mini.load();
  const grader::Module& module = course.module("01");
  const grader::Toolchain toolchain(course, "g++", "plain", mini.options().cache);
  const auto tests = index_tests(course, module, "pedagogy");
  const auto build =
      toolchain.build({tests[0].file}, grader::Overlay::reference(course), module, "box", false);
  REQUIRE(build.ok);
  grader::TestCase unknown = tests[0];
  unknown.name = "nobody wrote this one";
  CHECK(run_case(build.executable, unknown, {}).status == Status::crash);
  CHECK(run_case(build.executable, tests[0], {}).status == Status::pass);
}
