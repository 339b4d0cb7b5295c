// Milestones: what each way to end means.
#include "milestone_run.hpp"

#include "mini_course.hpp"
#include "tt_catch.hpp"

using tito_test::MiniCourse;

namespace {

/// A program that writes a result, if it is told to, and ends with `code`.
tito::MilestoneOutcome outcome_of(const MiniCourse& mini, const std::string& code,
                                  bool writes_result) {
  mini.write("tests/milestones/01_first/main.cpp",
             "#include <tinytorch/twice.hpp>\n#include <cstdio>\n#include <string>\n"
             "int main(int, char** argv) {\n"
             "  std::FILE* out = " +
                 std::string(writes_result ? "std::fopen((std::string(argv[4]) + \"/M1.json\")"
                                             ".c_str(), \"w\")"
                                           : "nullptr") +
                 ";\n"
                 "  if (out) std::fputs(\"{\\\"summary\\\": \\\"all well\\\"}\", out), "
                 "std::fclose(out);\n"
                 "  return " +
                 code + ";\n}\n");
  const tito::Context context{mini.course(), tito::Screen(true)};
  return run_milestone(context, context.course.milestones.at(0), true, true);
}

}  // namespace

TEST_CASE("milestone: passed, not passed, cannot run, and gone without a result") {
  const MiniCourse mini;
  const auto passed = outcome_of(mini, "tinytorch::twice(2) == 4 ? 0 : 1", true);
  CHECK((passed.built && passed.passed && !passed.cannot_run));
  CHECK(passed.summary == "all well");
  const auto missed = outcome_of(mini, "1", true);
  CHECK((missed.built && !missed.passed && !missed.cannot_run));
  const auto damaged = outcome_of(mini, "3", false);
  CHECK((damaged.built && !damaged.passed && damaged.cannot_run));
  const auto silent = outcome_of(mini, "0", false);
  CHECK((!silent.passed && !silent.cannot_run));
  CHECK_FALSE(outcome_of(mini, "nobody()", true).built);
}
