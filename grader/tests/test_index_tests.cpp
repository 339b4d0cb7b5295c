// Which tests exist, read from their sources; each planted mistake is named with its place.
#include "mini_course.hpp"
#include "test_index.hpp"
#include "tt_catch.hpp"

using namespace tt_test;

namespace {

std::vector<grader::TestCase> index_of(const std::string& source) {
  const MiniCourse mini;
  mini.set_tests("01_box", {{"box.cpp", source}});
  const grader::Course course = mini.load();
  return index_tests(course, course.module("01"), "pedagogy");
}

std::string complaint(const std::string& source) {
  try {
    index_of(source);
  } catch (const grader::UsageError& error) {
    return error.what();
  }
  return "no complaint";
}

}  // namespace

TEST_CASE("index: name, blank, kind, place and points") {
  const auto tests = index_of(
      "\nTEST_CASE(\"first\", \"[01.1][core]\") {}\n"
      "TEST_CASE(\"a long name \"\n          \"in two parts\",\n          \"[01.1]\" \"[edge]\") {}\n"
      "TEST_CASE(\"third\", \"[01.2][01.1][errors]\") {}\n"
      "TEST_CASE(\"whole\", \"[01][systems]\") {}\n"
      "TEST_CASE(\"extra\", \"[01.3][property]\") {}\n");
  REQUIRE(tests.size() == 5);
  CHECK(tests[0].line == 2);
  CHECK(tests[0].blank == "01.1");
  CHECK(tests[0].kind == "core");
  CHECK(tests[0].points == 3);  // 5 points over two tests: the first takes the remainder
  CHECK(tests[1].name == "a long name in two parts");
  CHECK(tests[1].line == 3);
  CHECK(tests[1].points == 2);
  CHECK(tests[2].blank == "01.2");
  CHECK(tests[2].points == 4);
  CHECK(tests[3].blank.empty());
  CHECK(tests[3].points == 0);
  CHECK(tests[4].stretch);
  CHECK(tests[4].points == 2);
}

TEST_CASE("index: comments and strings hold no tests") {
  const auto tests =
      index_of("// TEST_CASE(\"a\", \"[01.1][core]\")\n/* TEST_CASE(\"b\", \"[x]\") */\n"
               "const char* s = \"TEST_CASE(\\\"c\\\", \\\"[x]\\\")\";\n"
               "const char* r = R\"x(TEST_CASE(\"d\", \"[x]\"))x\";\n"
               "char quote = '\"'; int million = 1'000'000;\nint MY_TEST_CASE_COUNT = 1;\n"
               "TEST_CASE(\"real \\\"quoted\\\"\", \"[01.1][core]\") {}\n");
  REQUIRE(tests.size() == 1);
  CHECK(tests[0].name == "real \"quoted\"");
  CHECK(tests[0].line == 7);
}

TEST_CASE(
    "index: regression tests share the module's points, and files are taken by their number") {
  const MiniCourse mini;
  write(mini.root() / "tests/regression/02_later.cpp",
        "TEST_CASE(\"later\", \"[02][regression]\") {}\n");
  const grader::Course course = mini.load();
  const auto tests = index_tests(course, course.module("01"), "regression");
  REQUIRE(tests.size() == 1);
  CHECK(tests[0].points == 3);
  CHECK(tests[0].suite == "regression");
}

TEST_CASE("index: each regression file has a point before one has a second") {
  const MiniCourse mini;
  write(mini.root() / "tests/regression/01_a.cpp",
        "TEST_CASE(\"first of a\", \"[01][regression]\") {}\n"
        "TEST_CASE(\"second of a\", \"[01][regression]\") {}\n");
  write(mini.root() / "tests/regression/01_z.cpp", "TEST_CASE(\"of z\", \"[01][regression]\") {}\n");
  const grader::Course course = mini.load();
  int all = 0;
  for (const auto& test : index_tests(course, course.module("01"), "regression")) {
    INFO(test.name);
    CHECK(test.points == (test.name == "second of a" ? 0 : 1));
    all += test.points;
  }
  CHECK(all == 3);
}

TEST_CASE("index: a test of given code gives no points, wherever it stands") {
  const MiniCourse mini;
  write(mini.root() / "tests/regression/01_a.cpp",
        "TEST_CASE(\"of given code\", \"[01][given][regression]\") {}\n");
  const grader::Course course = mini.load();
  const auto tests = index_tests(course, course.module("01"), "regression");
  REQUIRE(tests.size() == 2);
  CHECK(tests[0].points == 0);
  CHECK(tests[1].points == 3);
}

TEST_CASE("index: each mistake is named with its place") {
  CHECK_THAT(complaint("\nTEST_CASE(\"a\", \"[01.1]\") {}"),
             contains("box.cpp:2") && contains("one kind"));
  CHECK_THAT(complaint("TEST_CASE(\"a\", \"[01.1][core][edge]\") {}"), contains("two kinds"));
  CHECK_THAT(complaint("TEST_CASE(\"a\", \"[01.9][core]\") {}"), contains("no blank 01.9"));
  CHECK_THAT(complaint("TEST_CASE(\"a\", \"[01.1][cores]\") {}"), contains("unknown tag [cores]"));
  CHECK_THAT(complaint("TEST_CASE(\"a\", \"01.1 core\") {}"), contains("expects tags"));
  CHECK_THAT(complaint("TEST_CASE(\"a\") {}"), contains("expects tags"));
  CHECK_THAT(complaint("TEST_CASE(name, \"[01.1][core]\") {}"), contains("plain string literal"));
  CHECK_THAT(complaint("TEST_CASE(\"a*\", \"[01.1][core]\") {}"), contains("*"));
  CHECK_THAT(complaint("TEST_CASE(\" a\", \"[01.1][core]\") {}"), contains("space"));
  CHECK_THAT(
      complaint("TEST_CASE(\"a\", \"[01.1][core]\") {}\nTEST_CASE(\"A\", \"[01.1][core]\") {}"),
      contains("box.cpp:2") &&
          contains("also the name of the test at tests/pedagogy/01_box/box.cpp:1"));
}
