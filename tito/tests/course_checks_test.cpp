// Planted defects that reading the sources must find: each check has been seen failing.
#include "proofs/course_checks.hpp"

#include "mini_course.hpp"
#include "tt_catch.hpp"

using tito_test::mentions;
using tito_test::MiniCourse;

namespace {

const std::string count = "solutions/01_count/count.hpp";
const std::string manifest = "modules/course.json";

tito::Problems problems_of(const MiniCourse& mini) {
  return tito::check_course(mini.course(), true);
}

}  // namespace

TEST_CASE("check: the mini course is in order") {
  const MiniCourse mini;
  for (const std::string& problem : problems_of(mini)) FAIL_CHECK(problem);
  SUCCEED();
}

TEST_CASE("check: regions that are not well-formed") {
  const MiniCourse mini;
  SECTION("nested") {
    mini.replace(count, "  int total = 0;", "  // BEGIN SOLUTION 01.2\n  int total = 0;");
    CHECK(mentions(problems_of(mini), "count.hpp:11: BEGIN SOLUTION 01.2 inside region 01.1"));
  }
  SECTION("unterminated") {
    mini.replace(count, "  // END SOLUTION 01.2\n", "");
    CHECK(mentions(problems_of(mini), "count.hpp:20: region 01.2 is not ended"));
  }
  SECTION("END without BEGIN") {
    mini.replace(count, "  // BEGIN SOLUTION 01.1\n", "");
    CHECK(mentions(problems_of(mini), "count.hpp:13: END SOLUTION 01.1 without a BEGIN"));
  }
  SECTION("empty") {
    mini.replace(count,
                 "  for (const int number : numbers) best = number > best ? number : best;\n",
                 "  // later\n");
    CHECK(mentions(problems_of(mini), "count.hpp:20: region 01.2 is empty"));
  }
  SECTION("duplicate in one file") {
    mini.replace(count, "// BEGIN SOLUTION 01.2", "// BEGIN SOLUTION 01.1");
    CHECK(mentions(problems_of(mini),
                   "count.hpp:20: a second region 01.1 (the first is at line 10)"));
  }
  SECTION("duplicate in two files") {
    mini.write("solutions/01_count/more.hpp",
               "// BEGIN SOLUTION 01.1\nint x;\n// END SOLUTION 01.1\n");
    CHECK(mentions(problems_of(mini), "more.hpp:1: a second region 01.1"));
  }
  SECTION("id of another module") {
    mini.replace(count, "// BEGIN SOLUTION 01.2", "// BEGIN SOLUTION 02.1");
    mini.replace(count, "// END SOLUTION 01.2", "// END SOLUTION 02.1");
    CHECK(mentions(problems_of(mini),
                   "count.hpp:20: blank 02.1 belongs to another module than 01_count"));
  }
  SECTION("id that the manifest does not know") {
    mini.replace(count, "// BEGIN SOLUTION 01.2", "// BEGIN SOLUTION 01.7");
    mini.replace(count, "// END SOLUTION 01.2", "// END SOLUTION 01.7");
    CHECK(mentions(problems_of(mini), "count.hpp:20: blank 01.7 is not in modules/course.json"));
  }
  SECTION("something like a marker") {
    mini.replace(count, "// BEGIN SOLUTION 01.2", "//BEGIN SOLUTION 01.2");
    CHECK(mentions(problems_of(mini), "count.hpp:20: malformed marker"));
  }
}

TEST_CASE("check: a line of a solution that stands in the skeleton") {
  const MiniCourse mini;
  const std::string leak = "for (const int number : numbers) total += number;";
  SECTION("as code") {
    mini.write("solutions/01_count/more.hpp",
               "#pragma once\ninline void f() {\n  " + leak + "\n}\n");
    CHECK(mentions(problems_of(mini),
                   "count.hpp:12: this line of blank 01.1 stands in the skeleton too, at "
                   "modules/01_count/more.hpp:3"));
  }
  SECTION("with other white space") {
    mini.write("solutions/01_count/more.hpp",
               "for (const int number :  numbers)   total += number;  // so\n");
    CHECK(mentions(problems_of(mini), "this line of blank 01.1"));
  }
  SECTION("as a comment") {
    mini.write("solutions/01_count/more.hpp", "// " + leak + "\n");
    CHECK(mentions(problems_of(mini), "this line of blank 01.1"));
  }
}

TEST_CASE("check: which lines are significant") {
  for (const char* line :
       {"", "  }", "  } else {", "return best;", "return *this;", "break;", "  // a comment",
        "for (Index i = 0; i < n; ++i) {", "for (std::size_t i = n.size(); i-- > 0;) {",
        "real* to = out.data();", "#pragma GCC unroll 32", "const real* from = x.storage()->data();"}) {
    INFO(line);
    CHECK_FALSE(tito::is_significant(line));
  }
  for (const char* line : {"total += number;", "return a + b;", "if (a > b) return a;",
                           "for (Index i = 0; i < n; ++i) total += i;", "int total = 0;"}) {
    INFO(line);
    CHECK(tito::is_significant(line));
  }
}

TEST_CASE("check: blanks without what belongs to them") {
  const MiniCourse mini;
  SECTION("without a hint") {
    mini.replace(manifest, "[\"keep the best\"]", "[]");
    CHECK(mentions(problems_of(mini), "course.json:7: blank 01.2 has no hint"));
  }
  SECTION("without points") {
    mini.replace(manifest, "\"largest\", \"points\": 2", "\"largest\", \"points\": 0");
    CHECK(mentions(problems_of(mini), "blank 01.2 has no points"));
  }
  SECTION("without a test") {
    mini.replace("tests/pedagogy/01_count/count.cpp", "\"[01.2][core]\"", "\"[01.1][core]\"");
    CHECK(mentions(problems_of(mini), "blank 01.2 has no test"));
  }
  SECTION("without a section of the lesson") {
    mini.replace("modules/01_count/README.md", "## 01.2 largest", "## 01.20 largest");
    CHECK(mentions(problems_of(mini), "modules/01_count/README.md:1: no heading names blank 01.2"));
  }
  SECTION("without a region") {
    mini.replace(count, "  // BEGIN SOLUTION 01.2\n", "");
    mini.replace(count, "  // END SOLUTION 01.2\n", "");
    CHECK(mentions(problems_of(mini), "blank 01.2 has no region in solutions/01_count"));
  }
  SECTION("without a TODO comment") {
    mini.replace(count, "// TODO(01.2): raise", "// raise");
    CHECK(mentions(problems_of(mini), "count.hpp:20: region 01.2 has no comment '// TODO(01.2)"));
  }
}

TEST_CASE("check: a test with the tag of no blank") {
  const MiniCourse mini;
  mini.replace("tests/pedagogy/01_count/count.cpp", "\"[01.2][core]\"", "\"[01.9][core]\"");
  CHECK(mentions(problems_of(mini), "01.9"));
}

TEST_CASE("check: the order of things in the manifest") {
  const MiniCourse mini;
  SECTION("blanks") {
    mini.replace(manifest, "\"id\": \"01.2\"", "\"id\": \"01.3\"");
    CHECK(mentions(problems_of(mini), "blank 01.3 is out of order: expects 01.2 here"));
  }
  SECTION("needs") {
    mini.replace(manifest, "\"needs\": [], ", "\"needs\": [\"02_twice\"], ");
    CHECK(mentions(problems_of(mini), "01_count needs 02_twice: a module uses only lower numbers"));
  }
  SECTION("a planned module with a folder") {
    mini.write("modules/03_later/README.md", "soon\n");
    CHECK(mentions(problems_of(mini), "03_later is planned but has a folder"));
  }
}

TEST_CASE("check: README's table of modules") {
  const MiniCourse mini;
  SECTION("another title") {
    mini.replace("README.md", "| counting |", "| counting sheep |");
    CHECK_FALSE(mentions(problems_of(mini), "README.md"));  // more words may follow
    mini.replace("README.md", "| counting sheep |", "| sheep |");
    CHECK(mentions(
        problems_of(mini),
        "README.md:1: expects a row '| [01_count](modules/01_count/README.md) | counting"));
  }
  SECTION("a module that has come") {
    mini.replace("README.md", "not there yet | - | planned |", "not there yet | 1 | 1 |");
    CHECK(mentions(problems_of(mini), "'| 03_later | not there yet ... | - | planned |'"));
  }
  SECTION("one blank more than it says") {
    mini.replace("README.md", "| counting | 2 | 1 |", "| counting | 1 | 1 |");
    CHECK(mentions(problems_of(mini), "| counting ... | 2 | 1 |'"));
  }
}

TEST_CASE("check: the catalogue of data sets that are fetched") {
  const MiniCourse mini;
  const std::string hash(64, 'a'), url = "https://example.org/x/words.txt";
  const auto catalogue = [&](const std::string& address, const std::string& sha256) {
    mini.write("datasets/catalogue.json",
               R"({"schema": "tinytorch.catalogue/1", "files": [{"folder": "words", "name": "words.txt", "url": ")" +
                   address + R"(", "bytes": 7, "sha256": ")" + sha256 + R"(", "licence": "CC0"}]})");
  };
  catalogue(url, hash);
  CHECK(mentions(problems_of(mini), "words.txt: expects a datasheet datasets/words/README.md"));
  mini.write("datasets/words/README.md", "from " + url + "\n");
  CHECK(problems_of(mini).empty());
  catalogue("http://example.org/x/words.txt", hash);
  CHECK(mentions(problems_of(mini), "expects an https address"));
  catalogue(url, hash.substr(1));
  CHECK(mentions(problems_of(mini), "words.txt: expects a SHA-256"));
  mini.write("datasets/catalogue.json", R"({"schema": "tinytorch.catalogue/1", "files": [{}]})");
  CHECK(mentions(problems_of(mini), "datasets/catalogue.json:1: "));
}

TEST_CASE("check: numbers whose origin or use is not told") {
  const MiniCourse mini;
  mini.write("tests/oracles/README.md", "`01_count.py`\n");
  mini.write("tests/oracles/01_count.py", "");
  mini.write("tests/regression/01_oracle.hpp",
             "// made by tests/oracles/01_count.py, not edited.\ninline Golden one() {\n");
  mini.write("tests/regression/01_oracle.cpp", "// check(oracle::one());\n");
  CHECK(problems_of(mini).empty());
  SECTION("a script that the table does not have") {
    mini.write("tests/oracles/01_more.js", "");
    CHECK(mentions(problems_of(mini), "does not say what 01_more.js is"));
  }
  SECTION("a script that is gone") {
    std::filesystem::remove(mini.root() / "tests/oracles/01_count.py");
    CHECK(mentions(problems_of(mini), "come from tests/oracles/01_count.py, which is not there"));
  }
  SECTION("a case that nobody compares") {
    mini.write("tests/regression/01_oracle.cpp", "// check(oracle::one_more());\n");
    CHECK(mentions(problems_of(mini), "no test compares oracle::one"));
  }
}

TEST_CASE("check: a header longer than 450 lines") {
  const MiniCourse mini;
  mini.write("solutions/01_count/long.hpp", std::string(451, '\n'));
  CHECK(mentions(problems_of(mini), "solutions/01_count/long.hpp:451: has 451 lines"));
}

TEST_CASE("check: skeletons that are not in step") {
  const MiniCourse mini;
  SECTION("one that was edited") {
    mini.replace("modules/01_count/count.hpp", "todo(\"01.1\", \"add_up\");", "return 0;");
    CHECK(mentions(problems_of(mini), "modules/01_count/count.hpp:10: differs"));
  }
  SECTION("one that is missing") {
    std::filesystem::remove(mini.root() / "modules/02_twice/twice.hpp");
    CHECK(mentions(problems_of(mini), "modules/02_twice/twice.hpp:1: is missing"));
  }
  SECTION("one that has no source") {
    mini.write("modules/01_count/old.hpp", "\n");
    CHECK(mentions(problems_of(mini), "modules/01_count/old.hpp:1: has no source"));
  }
  SECTION("a record of other skeletons") {
    mini.write("modules/.skeletons", "");
    CHECK(mentions(problems_of(mini), "modules/.skeletons:1"));
  }
  SECTION("is not looked at where a student works") {
    mini.replace("modules/01_count/count.hpp", "todo(\"01.1\", \"add_up\");", "return 0;");
    CHECK(tito::check_course(mini.course(), false).empty());
  }
}
