// What the generator makes of small regions, and what it must leave alone.
#include "proofs/generated_mutants.hpp"

#include <algorithm>

#include "files.hpp"
#include "mini_course.hpp"
#include "proofs/generated_proof.hpp"
#include "tt_catch.hpp"

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (const tito::Token& token : tito::tokens_of(text)) words.push_back(token.text);
  return words;
}

/// The bodies that come of one region, without their line ends.
std::vector<std::string> bodies_of(const std::string& text) {
  grader::Region region;
  region.id = "01.1";
  region.begin_line = 10;
  region.lines = grader::split_lines(text);
  std::vector<std::string> bodies;
  for (const auto& mutant : tito::generate_mutants(region)) {
    bodies.push_back(std::string(grader::trim(mutant.body)));
  }
  return bodies;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("tokens: words, numbers, strings and the longest operator") {
  CHECK(words_of("a<=b") == Words{"a", "<=", "b"});
  CHECK(words_of("x = y+++1e-9f;") == Words{"x", "=", "y", "++", "+", "1e-9f", ";"});
  CHECK(words_of("f(\"a + \\\"b\", '+')") == Words{"f", "(", "\"a + \\\"b\"", ",", "'+'", ")"});
  CHECK(words_of("a // + b\n/* - */ c\n#pragma GCC unroll 32\nd") == Words{"a", "c", "d"});
}

TEST_CASE("generated mutants: each operator in its place") {
  CHECK(bodies_of("return a + b;") == Words{"return a - b;"});
  CHECK(bodies_of("return -a;") == Words{});  // between two values only
  CHECK(bodies_of("return a < b;") == Words{"return a <= b;"});
  CHECK(bodies_of("return 0;") == Words{"return 1;"});
  CHECK(bodies_of("return 2.5f;") == Words{"return (2.5f + 1);"});
  CHECK(bodies_of("return f(a, b + 1);") ==
        Words{"return f(b + 1, a);", "return f(a, b - 1);", "return f(a, b + 0);"});
  CHECK(bodies_of("if (a) return b;\nreturn c;") ==
        Words{"if (!(a)) return b;\nreturn c;", "if (a) ;\nreturn c;"});
  CHECK(bodies_of("a = b;\nreturn a;") == Words{";\nreturn a;"});
  CHECK(bodies_of("g([&](int i) { h(i); });\nreturn a;") ==
        Words{";\nreturn a;", "g([&](int i) { ; });\nreturn a;"});
}

TEST_CASE("generated mutants: none is the solution itself") {
  CHECK(bodies_of("return f(a, a);") == Words{});  // its arguments changed: once a mutant
}

TEST_CASE("generated mutants: strings and comments stay as they are") {
  CHECK(bodies_of("throw Error(\"a + 1 < b\");  // a + 1") == Words{";  // a + 1"});
}

TEST_CASE("generated mutants: say the line, and what was changed") {
  grader::Region region;
  region.id = "01.1";
  region.begin_line = 10;
  region.lines = {"  int n = 7;", "  return n - k;"};
  const auto mutants = tito::generate_mutants(region);
  REQUIRE(mutants.size() == 3);
  CHECK(mutants[0].line == 11);
  CHECK(mutants[2].line == 12);
  CHECK(mutants[2].change == "return n - k;  ->  return n + k;");
}

TEST_CASE("generated proof: notices, survivors, and what is listed as equivalent") {
  const tito_test::MiniCourse mini;
  const grader::Course course = mini.course();
  const tito::ProofSetting setting = tito_test::setting_for(course);
  const auto first = tito::prove_generated(setting);
  REQUIRE(!first.scores.empty());
  const tito::GeneratedScore& count = first.scores[0];
  CHECK(count.compiled > 3);
  CHECK(count.noticed + static_cast<int>(count.survivors.size()) == count.compiled);
  // A test that looks at nothing lets every slip of largest pass.
  mini.replace("tests/pedagogy/01_count/count.cpp", "CHECK(tinytorch::largest({3, 9, 4}) == 9);",
               "(void)tinytorch::largest({3, 9, 4}); CHECK(1 + 1 == 2);");
  const auto blind = tito::prove_generated(setting);
  CHECK(blind.scores[0].noticed < count.noticed);
  CHECK(tito_test::mentions(blind.problems, "01_count:1: notices"));
  const std::string survivor = blind.scores[0].survivors.back();
  CHECK(survivor.find("solutions/01_count/count.hpp:") == 0);
  const std::string change = survivor.substr(survivor.find("01.2: ") + 6);
  mini.write("tests/mutants/equivalent.json",
             "[{\"blank\": \"01.2\", \"change\": \"" + change + "\", \"reason\": \"planted\"}]");
  CHECK(tito::prove_generated(setting).scores[0].equivalent == 1);
  mini.write("tests/mutants/equivalent.json",
             "[{\"blank\": \"01.2\", \"change\": \"a  ->  b\", \"reason\": \"planted\"}]");
  CHECK(tito_test::mentions(tito::prove_generated(setting).problems, "is not generated any more"));
}
