// A student who fails as a known wrong solution does is told why; nobody else is.
#include "proofs/signatures.hpp"


#include "files.hpp"
#include "mini_course.hpp"
#include "misconceptions.hpp"
#include "overlay.hpp"
#include "progress.hpp"
#include "regions.hpp"
#include "sync.hpp"
#include "test_screen.hpp"
#include "tt_catch.hpp"
#include "what_is_shown.hpp"

using grader::Misconception;

namespace {

grader::TestResult result_of(const std::string& name, grader::Status status,
                             const std::string& values = "") {
  grader::TestResult result;
  result.test.name = name;
  result.test.blank = "01.1";
  result.status = status;
  if (!values.empty()) result.failures.push_back({"count.cpp", 5, "CHECK( ... )", values});
  return result;
}

/// What `tito test` shows of these results.
std::string screen_of(const tito::Context& context, std::vector<grader::TestResult> tests) {
  grader::ModuleResult result;
  result.id = context.course.modules.front().id;
  for (grader::TestResult& test : tests) test.test.module = result.id;
  result.tests = std::move(tests);
  return tito_test::what_is_shown(
      [&] { show_module(context, context.course.modules.front(), result, false, {}); });
}

}  // namespace

TEST_CASE("misconceptions: only who fails in exactly the same way is told") {
  using grader::Status;
  const std::vector<grader::TestResult> seen = {result_of("a", Status::fail, "1 == 2"),
                                                result_of("b", Status::pass)};
  const std::vector<Misconception> known = {
      {"01.1", {"01.1-x"}, "Starts at one.", grader::signature_of(seen, "01.1")}};
  const auto told = [&](std::vector<grader::TestResult> results) {
    return misconception_of(known, results, "01.1");
  };
  CHECK(told(seen) == "Starts at one.");
  CHECK(told({seen[1], seen[0]}) == "Starts at one.");                     // in any order
  CHECK(told({result_of("a", Status::fail, "3 == 2"), seen[1]}).empty());  // another value
  CHECK(told({seen[0], result_of("b", Status::crash)}).empty());           // one more fails
  CHECK(told({seen[0]}).empty());                                          // b was not run
  CHECK(told({seen[0], result_of("b", Status::todo)}).empty());
  CHECK(told({result_of("a", Status::pass), seen[1]}).empty());
  // A crash alone could be anybody's, even if it is the known one.
  const std::vector<grader::TestResult> crash = {result_of("a", Status::crash)};
  CHECK(misconception_of({{"01.1", {"01.1-y"}, "Crashes.", grader::signature_of(crash, "01.1")}},
                         crash, "01.1")
            .empty());
}

TEST_CASE("misconceptions: the screen of a failing test shows the sentence, once") {
  using grader::Status;
  const tito_test::MiniCourse mini;
  const tito::Context context{mini.course(), tito::Screen(true)};
  const std::vector<grader::TestResult> known = {
      result_of("add_up: adds every number", Status::fail, "7 == 6"),
      result_of("add_up: nothing adds up to 0", Status::fail, "1 == 0")};
  const std::string lead = "This is what one gets with this mistake:";
  CHECK(screen_of(context, known).find(lead) == std::string::npos);  // nothing is known yet
  mini.write("tests/mutants/signatures.json",
             grader::misconceptions_text({{"01.1",
                                           {"01.1-starts-at-one"},
                                           "Starts at one, not at nothing.",
                                           grader::signature_of(known, "01.1")}}));
  const std::string shown = screen_of(context, known);
  INFO(shown);
  const auto at = shown.find("    " + lead + "\n      Starts at one, not at nothing.\n");
  REQUIRE(at != std::string::npos);
  CHECK(shown.find(lead, at + lead.size()) == std::string::npos);
  CHECK(shown.find("hint 01.1", at) != std::string::npos);  // help comes after it
  // Another value is another mistake.
  const std::vector<grader::TestResult> other = {
      known[0], result_of("add_up: nothing adds up to 0", Status::fail, "2 == 0")};
  CHECK(screen_of(context, other).find(lead) == std::string::npos);
}

TEST_CASE("signatures: written from the mutants, found in a student's results") {
  const tito_test::MiniCourse mini;
  const std::string folder = "tests/mutants/01_count/";
  mini.write(folder + "01.1-starts-at-one.hpp",
             "// The first number is counted before the loop.\nint total = 1;\n"
             "for (const int number : numbers) total += number;\nreturn total;\n");
  mini.write(folder + "01.1-one-more.hpp",
             "// Adds one for luck.\nint total = 0;\n"
             "for (const int number : numbers) total += number;\nreturn total + 1;\n");
  mini.write(folder + "01.2-the-first.hpp", "// Keeps the first.\nbest += 0;\n");
  const grader::Course course = mini.course();
  const tito::ProofSetting setting = tito_test::setting_for(course);
  const tito::SignatureCount count = tito::write_signatures(setting);
  CHECK(count.mutants == 3);
  CHECK(count.told == 3);
  const auto known = grader::read_misconceptions(mini.root());
  REQUIRE(known.size() == 2);  // the two of 01.1 cannot be told apart
  CHECK(known[0].sentence == "Adds one for luck. Or: The first number is counted before the loop.");
  CHECK(grader::misconceptions_text(known) ==
        grader::read_text(grader::signatures_file(mini.root())));

  // The same thought in other words.
  const grader::Module& module = course.module("01");
  const auto student = mini.root() / "student";
  for (const grader::SolutionSource& source : read_solution(course, module)) {
    grader::write_if_changed(
        student / source.name,
        grader::replace_region(source.text, "01.2", "if (best < 0) best = numbers[0];\n",
                               source.shown));
  }
  grader::Overlay overlay = grader::Overlay::reference(course);
  overlay.folder[module.id] = student;
  const grader::ModuleResult result = run_module(course, module, overlay, setting.options);
  CHECK(misconception_of(known, result.tests, "01.2") == "Keeps the first.");
  CHECK(misconception_of(known, result.tests, "01.1").empty());
  const auto json = grader::progress_json(course, {result}, mini.root());
  CHECK(json["modules"][0]["misconception"] == "Keeps the first.");
  // Entries of other modules stay; those of a module without mutants go.
  const tito::SignatureCount again = tito::write_signatures(setting);
  CHECK(again.told == 3);
  CHECK(grader::read_misconceptions(mini.root()).size() == 2);
}
