// Building: what is cached, what is shared, and that one bad source does not take the others down.
#include <algorithm>
#include <chrono>

#include "files.hpp"
#include "mini_course.hpp"
#include "object_cache.hpp"
#include "parallel.hpp"
#include "test_group.hpp"
#include "tt_catch.hpp"

using grader::Overlay;
using grader::Status;
using namespace tt_test;

namespace {

std::string one_test(const std::string& name, const std::string& body) {
  return test_head + "TEST_CASE(\"" + name + "\", \"[01.1][core]\") { " + body + " }\n";
}

grader::ModuleResult run_box(const MiniCourse& mini, const grader::SessionOptions& options) {
  const grader::Course course = mini.load();
  return run_module(course, course.module("01"), Overlay::reference(course), options);
}

grader::BuildResult build_box(const MiniCourse& mini, const std::string& compiler = "g++") {
  const grader::Course course = mini.load();
  const grader::Toolchain toolchain(course, compiler, "plain", mini.options().cache);
  return toolchain.build(grader::list_files(course.root / "tests/pedagogy/01_box", ".cpp"),
                         Overlay::reference(course), course.module("01"), "box", false);
}

}  // namespace

TEST_CASE("a source that does not compile leaves the others their results") {
  const MiniCourse mini;
  mini.set_tests("01_box", {{"good.cpp", one_test("good", "CHECK(tinytorch::twice(2) == 4);")},
                            {"bad.cpp", one_test("bad", "CHECK(tinytorch::nobody(2) == 4);")},
                            {"fine.cpp", one_test("fine", "CHECK(tinytorch::half(2) == 1);")}});
  for (const int jobs : {1, 2, 3}) {
    auto options = mini.options();
    options.jobs = jobs;
    options.suites = {"pedagogy"};
    const auto result = run_box(mini, options);
    REQUIRE(result.tests.size() == 3);
    CHECK(find(result.tests, "good").status == Status::pass);
    CHECK(find(result.tests, "fine").status == Status::pass);
    CHECK(find(result.tests, "bad").status == Status::compile_error);
    CHECK_THAT(find(result.tests, "bad").message,
               contains("nobody") && contains("tests/pedagogy/01_box/bad.cpp:4"));
    REQUIRE(result.compile_errors.size() == 1);
  }
}

TEST_CASE("a function that is announced but nowhere defined is a link error") {
  const MiniCourse mini;
  write(
      mini.root() / "solutions/01_box/box.hpp",
      "#pragma once\nnamespace tinytorch { int twice(int); inline int half(int x) { return x / 2; } }\n");
  mini.set_tests("01_box", {{"box.cpp", one_test("twice", "CHECK(tinytorch::twice(2) == 4);")}});
  auto options = mini.options();
  options.suites = {"pedagogy"};
  const auto result = run_box(mini, options);
  CHECK(find(result.tests, "twice").status == Status::link_error);
  CHECK_THAT(find(result.tests, "twice").message,
             contains("twice(int)") && contains("body is nowhere"));
}

TEST_CASE("sources may use the same names, alone or in a group") {
  const MiniCourse mini;
  const std::string helper =
      "namespace { int helper() { return 4; } }\nstruct Same { int n = 4; };\n";
  const auto source = [&](const std::string& name) {
    return test_head + helper + "TEST_CASE(\"" + name +
           "\", \"[01.1][core]\") { CHECK(helper() == Same{}.n); }\n";
  };
  mini.set_tests("01_box",
                 {{"a.cpp", source("a")}, {"b.cpp", source("b")}, {"c.cpp", source("c")}});
  const auto build = build_box(mini);
  CHECK(build.ok);
}

TEST_CASE("builds are cached by content, not by time") {
  const MiniCourse mini;
  const std::string unique =
      std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
  mini.set_tests("01_box",
                 {{"box.cpp", one_test("cached " + unique, "CHECK(tinytorch::twice(2) == 4);")}});
  CHECK_FALSE(build_box(mini).cached);
  CHECK(build_box(mini).cached);
  const fs::path header = mini.root() / "solutions/01_box/box.hpp";
  const std::string text = grader::read_text(header);
  write(header, text);  // a new time, the same content
  CHECK(build_box(mini).cached);
  write(header, text + "// edited " + unique + "\n");
  CHECK_FALSE(build_box(mini).cached);
  write(mini.root() / "modules/support/todo.hpp",
        grader::read_text(mini.root() / "modules/support/todo.hpp") + "\n");
  CHECK_FALSE(build_box(mini).cached);
}

TEST_CASE("a header beside a test is a part of it") {  // golden numbers once changed, and old objects stayed
  const MiniCourse mini;
  mini.set_tests("01_box", {{"box.cpp", "#include \"golden.hpp\"\n" +
                                            one_test("golden", "CHECK(tinytorch::twice(2) == golden);")}});
  write(mini.root() / "tests/pedagogy/01_box/golden.hpp", "constexpr int golden = 4;\n");
  auto options = mini.options();
  options.suites = {"pedagogy"};
  CHECK(find(run_box(mini, options).tests, "golden").status == Status::pass);
  write(mini.root() / "tests/pedagogy/01_box/golden.hpp", "constexpr int golden = 5;\n");
  CHECK(find(run_box(mini, options).tests, "golden").status == Status::fail);
}

TEST_CASE("many endless loops: who waits is told soon, who marks gives each its time") {
  const MiniCourse mini;
  std::string tests;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "loops " + std::to_string(i);
    tests += "TEST_CASE(\"" + name + "\", \"[01.1][core]\") { for (volatile int i = 0;; ++i) {} }\n";
  }
  mini.set_tests("01_box", {{"box.cpp", test_head + tests}});
  auto options = mini.options();
  options.suites = {"pedagogy"};
  options.limits.wall_seconds = 0.5;
  const auto looked_at_shortly = [&](bool hurry) {
    options.limits.hurry = hurry;
    const auto results = run_box(mini, options).tests;
    return std::count_if(results.begin(), results.end(), [](const auto& test) {
      return test.status == Status::timeout &&
             test.message.find("did not finish in 0.25 s") != std::string::npos;
    });
  };
  CHECK(looked_at_shortly(true) >= 4);  // 12, but the six that are waited for and those beside them
  CHECK(looked_at_shortly(false) == 0);
}

TEST_CASE("clang++ builds and runs the same tests") {
  const MiniCourse mini;
  auto options = mini.options();
  options.compiler = "clang++";
  const auto result = run_box(mini, options);
  CHECK(result.status() == Status::pass);
  CHECK(result.tests.size() == 5);
  write(
      mini.root() / "solutions/01_box/box.hpp",
      "#pragma once\nnamespace tinytorch { inline int twice(int x) { int* volatile p = nullptr; return *p + x; } }\n");
  mini.set_tests("01_box", {{"box.cpp", one_test("twice", "CHECK(tinytorch::twice(2) == 4);")}});
  options.suites = {"pedagogy"};
  const auto crash = run_box(mini, options).tests.at(0);
  CHECK(crash.status == Status::crash);
  CHECK_THAT(crash.message, contains("in solutions/01_box/box.hpp:2   twice") &&
                                contains("called from tests/pedagogy/01_box/box.cpp:4   the test"));
}

TEST_CASE("clang++ prepares the modules before: an edit there counts, an error there is told") {
  const MiniCourse mini;
  const auto options = [&] {
    auto o = mini.options();
    o.compiler = "clang++";
    return o;
  }();
  const auto run_second = [&] {
    const grader::Course course = mini.load();
    return run_module(course, course.module("02"), Overlay::reference(course), options);
  };
  CHECK(run_second().status() == Status::pass);
  const fs::path header = mini.root() / "solutions/01_box/box.hpp";
  const std::string text = grader::read_text(header);
  std::string other = text;
  const auto body = other.find("x + x;");
  REQUIRE(body != other.npos);
  write(header, other.replace(body, 5, "3 * x"));
  CHECK(run_second().status() == Status::fail);
  write(header, text + "inline int broken() { return nobody; }\n");
  const auto broken = run_second();
  CHECK(broken.status() == Status::compile_error);
  CHECK_THAT(broken.tests.at(0).message, contains("solutions/01_box/box.hpp"));
  write(header, text);
  CHECK(run_second().status() == Status::pass);
}

TEST_CASE("clang++: what one module announces and the next defines is found through the first") {
  const MiniCourse mini;
  write(mini.root() / "solutions/01_box/box.hpp",
        grader::read_text(mini.root() / "solutions/01_box/box.hpp") +
            "namespace tinytorch { inline int later(); inline int now() { return later(); } }\n");
  write(mini.root() / "solutions/02_lid/lid.hpp",
        grader::read_text(mini.root() / "solutions/02_lid/lid.hpp") +
            "namespace tinytorch { inline int later() { return 7; } }\n");
  mini.set_tests("02_lid", {{"lid.cpp", "#include <tinytorch/lid.hpp>\n#include \"tt_catch.hpp\"\n"
                                        "TEST_CASE(\"cover: now\", \"[02.1][core]\") "
                                        "{ CHECK(tinytorch::now() == 7); }\n"}});
  auto options = mini.options();
  options.compiler = "clang++";
  const grader::Course course = mini.load();
  const auto result = run_module(course, course.module("02"), Overlay::reference(course), options);
  CHECK(result.status() == Status::pass);
}

TEST_CASE("an overlay may be written by several at once") {
  const MiniCourse mini;
  const grader::Course course = mini.load();
  const fs::path folder = mini.root() / "build" / "overlay";
  for (int round = 0; round < 20; ++round) {
    fs::remove_all(folder);
    grader::parallel_for(
        8, 8, [&](std::size_t) { write_overlay(course, Overlay::reference(course), folder); });
    CHECK(fs::exists(folder / "tinytorch" / "box.hpp"));
  }
}

TEST_CASE("werror: a warning in our own code is an error, in a student's build it is not") {
  const MiniCourse mini;
  const fs::path header = mini.root() / "solutions/01_box/box.hpp";
  write(header, grader::read_text(header) + "inline int unused_argument(int x) { return 1; }\n");
  auto options = mini.options();
  CHECK(run_box(mini, options).status() == Status::pass);
  options.werror = true;
  const auto strict = run_box(mini, options);
  CHECK(strict.status() == Status::compile_error);
  CHECK_THAT(strict.tests.front().message, contains("unused parameter"));
}

TEST_CASE("gradient files are built with double") {
  const MiniCourse mini;
  const std::string is_double =
      "\n#ifdef TT_DOUBLE\nconstexpr bool in_double = true;\n#else\nconstexpr bool in_double = "
      "false;\n#endif\n";
  mini.set_tests(
      "01_box",
      {{"box.cpp",
        test_head + is_double + "TEST_CASE(\"f\", \"[01.1][core]\") { CHECK(!in_double); }\n"},
       {"box_gradients.cpp",
        test_head + is_double + "TEST_CASE(\"d\", \"[01.1][gradient]\") { CHECK(in_double); }\n"}});
  CHECK(run_box(mini, mini.options()).status() == Status::pass);
}

TEST_CASE("a test source that changes more than its own namespace is compiled alone") {
  const std::vector<grader::TestSource> sources = {
      {"a.cpp", "#include <x>\nTEST_CASE()\n"},
      {"b.cpp", "#define X 1\n"},
      {"c.cpp", "namespace tinytorch {\n}\n"},
      {"d.cpp", "namespace {\n}\n"},
      {"e.cpp", "template <>\nstruct Catch::StringMaker<int> {};\n"},
  };
  const auto groups = plan_groups(sources, 1);
  REQUIRE(groups.size() == 4);
  CHECK(groups[0] == std::vector<std::size_t>{0, 3});
}

TEST_CASE("the cache drops what was not used for longest, but nothing recent") {
  const fs::path folder = fs::path(TEST_FOLDER) / "shrink";
  fs::remove_all(folder);
  const grader::ObjectCache cache(folder);
  const auto now = fs::file_time_type::clock::now();
  for (int i = 0; i < 4; ++i) {
    const fs::path file = cache.place("00key" + std::to_string(i), "o");
    write(file, std::string(1000, 'x'));
    fs::last_write_time(file, now - std::chrono::hours(10 * (4 - i)));
  }
  CHECK(cache.has(cache.place("00key0", "o")));  // used: now the youngest
  cache.shrink(2500);
  CHECK(cache.has(cache.place("00key0", "o")));
  CHECK_FALSE(cache.has(cache.place("00key1", "o")));
  CHECK_FALSE(cache.has(cache.place("00key2", "o")));
  CHECK(cache.has(cache.place("00key3", "o")));
  const auto add_an_old_one = [&] {
    write(cache.place("00old", "o"), std::string(9000, 'x'));
    fs::last_write_time(cache.place("00old", "o"), now - std::chrono::hours(99));
  };
  add_an_old_one();
  cache.shrink_now_and_then(2500);
  CHECK_FALSE(fs::exists(cache.place("00old", "o")));
  add_an_old_one();
  cache.shrink_now_and_then(2500);  // a moment ago it was done
  CHECK(fs::exists(cache.place("00old", "o")));
  CHECK_FALSE(cache.make(cache.place("00key9", "o"), [](const fs::path& to) {
    write(to, "half");
    return false;
  }));
  CHECK_FALSE(cache.has(cache.place("00key9", "o")));
}
