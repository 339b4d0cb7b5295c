// Planted defects that only running the tests can find: each proof has been seen failing.
#include "proofs/suite_proofs.hpp"

#include "files.hpp"
#include "mini_course.hpp"
#include "proofs/grader_proof.hpp"
#include "proofs/mutants.hpp"
#include "tt_catch.hpp"

using tito_test::mentions;
using tito_test::MiniCourse;
using tito_test::setting_for;
using tt_test::contains;

namespace {

const std::string count = "solutions/01_count/count.hpp";
const std::string count_tests = "tests/pedagogy/01_count/count.cpp";

template <class Proof>
tito::Problems prove(const MiniCourse& mini, Proof proof) {
  const grader::Course course = mini.course();
  return proof(setting_for(course));
}

void expect_none(const tito::Problems& problems) {
  for (const std::string& problem : problems) FAIL_CHECK(problem);
}

}  // namespace

TEST_CASE("proofs: hold for the mini course") {
  const MiniCourse mini;
  expect_none(prove(mini, tito::prove_reference));
  expect_none(prove(mini, tito::prove_skeleton));
  expect_none(prove(mini, tito::prove_prefix));
  expect_none(prove(mini, tito::prove_blanks));
}

TEST_CASE("reference proof: a solution that is wrong") {
  const MiniCourse mini;
  mini.replace(count, "total += number;", "total -= number;");
  CHECK(mentions(prove(mini, tito::prove_reference),
                 "count.cpp:5: 'add_up: adds every number' should pass"));
}

TEST_CASE("reference proof: in one process, what does not pass is seen as it is alone") {
  const auto together = [](const tito::ProofSetting& setting) {
    tito::ProofSetting one_process = setting;
    one_process.options.together_seconds = 60;
    return tito::prove_reference(one_process);
  };
  const MiniCourse mini;
  expect_none(prove(mini, together));
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);", "");  // checks nothing
  CHECK(mentions(prove(mini, together), "'largest: finds it anywhere' should pass, but the result "
                                        "is no_assertions"));
  mini.replace(count, "total += number;", "{ total += number; __builtin_trap(); }");
  const tito::Problems problems = prove(mini, together);
  CHECK(mentions(problems, "'add_up: adds every number' should pass, but the result is crash"));
  CHECK(mentions(problems, "'largest: finds it anywhere' should pass, but the result is no_assert"));
}

TEST_CASE("reference proof: in one process, who ends it is blamed, and none of the others passes by it") {
  const MiniCourse mini;
  mini.replace(count, "  int total = 0;", "  std::_Exit(0);\n  int total = 0;");
  mini.replace(count, "#pragma once\n", "#pragma once\n#include <cstdlib>\n");
  const tito::Problems problems = prove(mini, [](tito::ProofSetting setting) {
    setting.options.together_seconds = 60;
    return tito::prove_reference(setting);
  });
  CHECK(mentions(problems, "'add_up: adds every number' should pass, but the result is crash"));
  CHECK_FALSE(mentions(problems, "'largest: finds it anywhere'"));
}

TEST_CASE("reference proof: a solution with a warning") {
  const MiniCourse mini;
  mini.replace(count, "  int total = 0;", "  int total = 0, unused;");
  CHECK(mentions(prove(mini, tito::prove_reference),
                 "solutions/01_count/count.hpp:11: does not compile"));
}

TEST_CASE("skeleton proof: a blank that is solved already") {
  const MiniCourse mini;
  // The region is a branch that no test takes: what matters is left standing outside it.
  mini.replace(
      count, "  // BEGIN SOLUTION 01.1\n  int total = 0;\n",
      "  if (numbers.size() > 1000) {\n  // BEGIN SOLUTION 01.1\n  return -1;\n  // END SOLUTION 01.1\n  }\n"
      "  int total = 0;\n");
  mini.replace(count, "  return total;\n  // END SOLUTION 01.1\n", "  return total;\n");
  const tito::Problems problems = prove(mini, tito::prove_skeleton);
  CHECK(mentions(problems, "'add_up: adds every number' should say todo, but the result is pass"));
  CHECK(mentions(problems, "the skeleton of 01_count scores"));
}

TEST_CASE("skeleton proof: a skeleton with a warning") {
  const MiniCourse mini;
  expect_none(prove(mini, tito::prove_skeleton_compiles));
  mini.replace(count, "  int best = numbers.at(0);",
               "  int best = numbers.at(0); { int best = 1; (void)best; }");
  CHECK(mentions(prove(mini, tito::prove_skeleton_compiles),
                 "01_count: the skeleton does not compile"));
}

TEST_CASE("skeleton proof: a test that passes without any code") {
  const MiniCourse mini;
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);", "CHECK(1 + 1 == 2);");
  CHECK(
      mentions(prove(mini, tito::prove_skeleton), "'largest: finds it anywhere' should say todo"));
}

TEST_CASE("prefix proof: a test that needs a later module") {
  const MiniCourse mini;
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);",
               "CHECK(tinytorch::largest({3, 9, tinytorch::twice(2)}) == 9);");
  mini.replace(count_tests, "#include <tinytorch/count.hpp>", "#include <tinytorch/twice.hpp>");
  const tito::Problems problems = prove(mini, tito::prove_prefix);
  CHECK(mentions(problems, "tinytorch/twice.hpp"));
  CHECK(mentions(problems, "(modules 1 to 1 solved)"));
}

TEST_CASE("prefix proof: a later skeleton that does not compile beside solved modules") {
  const MiniCourse mini;
  mini.replace("solutions/02_twice/twice.hpp", "inline int twice",
               "inline int largest(int) = 3;\ninline int twice");
  CHECK(mentions(prove(mini, tito::prove_prefix), "does not compile"));
}

TEST_CASE("blanks proof: a test that waits for what is not written") {
  const MiniCourse mini;
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);",
               "CHECK(tinytorch::largest({3, 9, 4}) == 9);\n  static volatile bool written = false;\n"
               "  if (tinytorch::todo_record().hit) while (!written) {}\n");
  CHECK(mentions(prove(mini,
                       [](tito::ProofSetting setting) {
                         setting.options.limits.wall_seconds = 1;
                         return tito::prove_blanks(setting);
                       }),
                 "should end as soon as 01.2 is missing, but the result is"));
}

TEST_CASE("blanks proof: a blank that no test guards") {
  const MiniCourse mini;
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);",
               "CHECK(tinytorch::add_up({9}) == 9);");
  const tito::Problems problems = prove(mini, tito::prove_blanks);
  CHECK(mentions(problems, "blank 01.2 (largest) is guarded by no test"));
  CHECK(problems.size() == 1);
}

TEST_CASE("mutants proof: one that is caught, one that is not, and files that are none") {
  const MiniCourse mini;
  const std::string folder = "tests/mutants/01_count/";
  const auto prove_all = [](const tito::ProofSetting& setting) {
    return tito::prove_mutants(setting);
  };
  mini.write(folder + "01.1-starts-at-one.hpp",
             "// The first number is counted before the loop.\nint total = 1;\n"
             "for (const int number : numbers) total += number;\nreturn total;\n");
  expect_none(prove(mini, prove_all));
  SECTION("a valid solution is no mutant") {
    mini.write(folder + "01.2-the-same.hpp",
               "// This is right.\nfor (const int n : numbers) best = best < n ? n : best;\n");
    CHECK(mentions(prove(mini, prove_all),
                   "01.2-the-same.hpp:1: no test of 01_count notices: This is right."));
  }
  SECTION("one that does not compile proves nothing") {
    mini.write(folder + "01.2-broken.hpp", "// A name that is not there.\nbest = nobody;\n");
    CHECK(mentions(prove(mini, prove_all), "01.2-broken.hpp:1: does not compile"));
  }
  SECTION("without its first line") {
    mini.write(folder + "01.2-silent.hpp", "best = 7;\n");
    CHECK_THROWS_WITH(prove(mini, prove_all), contains("expects a comment that says why"));
  }
  SECTION("of a blank that is not there") {
    mini.write(folder + "01.7-lost.hpp", "// Of another course.\nreturn 0;\n");
    CHECK_THROWS_WITH(prove(mini, prove_all), contains("01_count has no blank 01.7"));
  }
  SECTION("two bodies in one file") {
    mini.write(folder + "01.1-both.hpp",
               "// Nothing is done anywhere.\n// REPLACES 01.1\nreturn numbers.empty() ? 0 : 0;\n"
               "// REPLACES 01.2\nbest = 0;\n");
    expect_none(prove(mini, prove_all));
  }
}

TEST_CASE("mutants proof: what a test writes is gone with it") {
  // A test that writes into the current folder once left its file in the repository, since the
  // first run, with no mutant chosen, had no folder of its own.
  const MiniCourse mini;
  const std::string name = "left-by-a-test-of-mutants";
  mini.replace(count_tests, "#include <tinytorch/count.hpp>",
               "#include <fstream>\n#include <tinytorch/count.hpp>");
  mini.replace(count_tests, "CHECK(tinytorch::largest({3, 9, 4}) == 9);",
               "std::ofstream(\"" + name + "\") << 1;\nCHECK(tinytorch::largest({3, 9, 4}) == 9);");
  mini.write("tests/mutants/01_count/01.2-the-first.hpp", "// Keeps the first.\nbest += 0;\n");
  expect_none(
      prove(mini, [](const tito::ProofSetting& setting) { return tito::prove_mutants(setting); }));
  CHECK_FALSE(std::filesystem::exists(name));
  std::filesystem::remove(name);
}

TEST_CASE("mutants proof: a program that only waited for its turn has noticed nothing") {
  // At a load of 15 and more, tests that got a thirtieth of a processor were late after 5 s, and
  // right solutions counted as noticed.
  const MiniCourse mini;
  mini.replace(count, "#include <vector>", "#include <chrono>\n#include <thread>\n#include <vector>");
  mini.write("tests/mutants/01_count/01.2-the-same-but-late.hpp",
             "// This is right, after a while.\n"
             "std::this_thread::sleep_for(std::chrono::milliseconds(5500));\n"
             "for (const int n : numbers) best = best < n ? n : best;\n");
  CHECK(mentions(
      prove(mini, [](const tito::ProofSetting& setting) { return tito::prove_mutants(setting); }),
      "01.2-the-same-but-late.hpp:1: no test of 01_count notices"));
}

TEST_CASE("mutant header: each body behind a question, and whose each line is") {
  const std::string text =
      "#pragma once\nint f() {\n  // BEGIN SOLUTION 01.1\n  return 1;\n  // END SOLUTION 01.1\n}\n";
  const auto regions = grader::parse_regions(text, "f.hpp");
  const std::vector<tito::WrongBodies> mutants = {
      {{"01.1", "return 2;\n"}}, {{"01.2", "return 3;\n"}}, {{"01.1", "return 4;\n"}}};
  const tito::MutantHeader all = tito::mutant_header(text, regions, mutants, {false, false, false});
  const auto lines = grader::split_lines(all.text);
  REQUIRE(all.owner.size() == lines.size() + 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    INFO(lines[i]);
    CHECK(all.owner[i + 1] ==
          (lines[i] == "return 2;" ? 0 : lines[i] == "return 4;" ? 2 : -1));
  }
  CHECK(all.text.find("return 3;") == std::string::npos);  // of another header
  const tito::MutantHeader none = tito::mutant_header(text, regions, mutants, {true, true, true});
  CHECK(none.text.find("tt_mutant") == std::string::npos);
}

TEST_CASE("mutants proof: a broken one among others is named, the others are still tried") {
  const MiniCourse mini;
  const std::string folder = "tests/mutants/01_count/";
  mini.write(folder + "01.1-broken.hpp", "// No such name.\nreturn nobody;\n");
  mini.write(folder + "01.1-in-a-library.hpp",
             "// The error lies in a template of the library.\n"
             "std::vector<int&> wrong;\nreturn static_cast<int>(wrong.size());\n");
  mini.write(folder + "01.1-nothing.hpp", "// Adds nothing.\nreturn 0;\n");
  mini.write(folder + "01.2-the-same.hpp",
             "// This is right.\nfor (const int n : numbers) best = best < n ? n : best;\n");
  mini.write(folder + "01.2-for-ever.hpp", "// Never ends.\nfor (;;) ++best;\n");
  const tito::Problems problems = prove(
      mini, [](const tito::ProofSetting& setting) { return tito::prove_mutants(setting); });
  CHECK(problems.size() == 3);
  CHECK(mentions(problems, "01.1-broken.hpp:1: does not compile"));
  CHECK(mentions(problems, "01.1-in-a-library.hpp:1: does not compile"));
  CHECK(mentions(problems, "01.2-the-same.hpp:1: no test of 01_count notices"));
}

TEST_CASE("grader proof: graders that give too much, too little, or nothing at all") {
  const MiniCourse mini;
  const grader::Course course = mini.course();
  const auto with_script = [&](const std::string& script) {
    const auto file = mini.root() / "grader.sh";
    mini.write("grader.sh", "#!/bin/sh\n" + script);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return tito::prove_grader(course, file, mini.root() / "build" / "grades");
  };
  const auto answer = [](const std::string& score, const std::string& status,
                         const std::string& code) {
    return "cat > \"$5\" <<END\n{\"schema\": \"tinytorch.progress/1\", \"modules\": [{\"id\": \"01_count\", \"tests\": "
           "[{\"name\": \"add_up\", \"blank\": \"01.1\", \"status\": \"" +
           status + "\"}]}], \"totals\": {\"score\": " + score +
           ", \"max_score\": 8}}\nEND\nexit " + code + "\n";
  };
  CHECK(
      mentions(with_script(answer("8", "pass", "0")), "the skeletons: 8 of 8 points, expected 0"));
  CHECK(
      mentions(with_script(answer("0", "todo", "1")), "the solutions: 0 of 8 points, expected 8"));
  CHECK(mentions(with_script(answer("0", "fail", "1")), "'add_up' is fail, expected todo"));
  CHECK(mentions(with_script("echo broken; exit 3\n"), "wrote no JSON; it said: broken"));
}
