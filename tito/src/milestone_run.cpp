#include "milestone_run.hpp"

#include "files.hpp"
#include "json_output.hpp"
#include "process.hpp"
#include "programs.hpp"

namespace tito {
namespace fs = std::filesystem;

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
    spec.wall_seconds = 1800;
    const grader::ProcessResult run = run_process(spec);
    exit_code = run.ok() ? 0 : run.exit_code;
    outcome.output = run.out + run.err;
  } else {
    exit_code = run_here(arguments);
  }
  outcome.passed = exit_code == 0;
  outcome.cannot_run = exit_code == exit_machine;
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
