#include "milestone_run.hpp"

#include <cstdlib>

#include "files.hpp"
#include "json_output.hpp"
#include "process.hpp"
#include "programs.hpp"

namespace tito {
namespace fs = std::filesystem;
namespace {

constexpr int exit_milestone_skipped = 4;
constexpr const char* assets_variable =
    "TINYTORCH_TEST_ASSETS";  // where files may be that are not in git

}  // namespace

MilestoneOutcome run_milestone(const Context& context, const grader::Milestone& milestone,
                               bool solution, bool quiet) {
  const fs::path source =
      context.course.root / "tests" / "milestones" / milestone.folder / "main.cpp";
  const fs::path out = context.build() / "milestones" / (solution ? "reference" : "");
  MilestoneOutcome outcome;
  const fs::path program = build_program(context, source, solution, "release", milestone.id);
  if (program.empty()) return outcome;
  outcome.built = true;
  fs::create_directories(out);
  const fs::path written = out / (milestone.id + ".json");
  fs::remove(written);  // an old result must not pass for a new one
  const std::vector<std::string> arguments = {program, "--root", context.course.root, "--out", out};
  int exit_code = 0;
  if (quiet) {
    grader::ProcessSpec spec;
    spec.arguments = arguments;
    spec.environment = grader::minimal_environment();
    if (const char* folder = std::getenv(assets_variable)) {
      spec.environment.push_back(std::string(assets_variable) + "=" + folder);
    }
    spec.wall_seconds = 1800;
    const grader::ProcessResult run = run_process(spec);
    exit_code = run.ok() ? 0 : run.exit_code;
    outcome.output = run.out + run.err;
  } else {
    exit_code = run_here(arguments);
  }
  outcome.passed = exit_code == 0;
  outcome.cannot_run = exit_code == exit_machine;
  outcome.skipped = exit_code == exit_milestone_skipped;
  if (!fs::exists(written)) {
    outcome.passed = false;
    outcome.summary = "it ended without a result";
    return outcome;
  }
  outcome.json = grader::read_text(written);
  outcome.summary = text_field(outcome.json, "summary");
  return outcome;
}

}  // namespace tito
