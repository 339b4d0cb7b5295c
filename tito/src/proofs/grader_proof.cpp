#include "grader_proof.hpp"

#include <nlohmann/json.hpp>

#include "files.hpp"
#include "parallel.hpp"
#include "process.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

struct Graded {
  int exit_code = -1;
  json progress;
  std::string words;
};

Graded grade(const fs::path& grader, const fs::path& submission, const fs::path& out) {
  fs::remove(out);
  grader::ProcessSpec spec;
  // As the other proofs compile: a module's tests are one source.
  spec.arguments = {grader, "run", "--submission", submission, "--json", out, "--jobs", "1"};
  spec.environment = grader::minimal_environment();
  spec.wall_seconds = 1800;
  const grader::ProcessResult run = run_process(spec);
  Graded graded{run.exit_code, {}, run.out + run.err};
  if (fs::exists(out)) graded.progress = json::parse(grader::read_text(out), nullptr, false);
  return graded;
}

/// What one report must say.
struct Expected {
  std::string who;
  int exit_code;
  bool all_points;
  std::string status;  // of every graded test
};

Problems check_report(const Graded& graded, const Expected& expected) {
  const std::string place = "grader run on " + expected.who + ": ";
  if (!graded.progress.is_object())
    return {place + "wrote no JSON; it said: " + graded.words.substr(0, 400)};
  Problems problems;
  if (graded.exit_code != expected.exit_code) {
    problems.push_back(place + "exit code " + std::to_string(graded.exit_code) + ", expected " +
                       std::to_string(expected.exit_code));
  }
  if (graded.progress.value("schema", "") != "tinytorch.progress/1")
    problems.push_back(place + "not tinytorch.progress/1");
  const json totals = graded.progress.value("totals", json::object());
  const int score = totals.value("score", -1), max_score = totals.value("max_score", -1);
  const int wanted = expected.all_points ? max_score : 0;
  if (max_score <= 0 || score != wanted) {
    problems.push_back(place + std::to_string(score) + " of " + std::to_string(max_score) +
                       " points, expected " + std::to_string(wanted));
  }
  for (const json& module : graded.progress.value("modules", json::array())) {
    for (const json& test : module.value("tests", json::array())) {
      const std::string status = test.value("status", "");
      const json blank = test.value("blank", json());
      const bool graded_test =
          (blank.is_string() && !blank.get<std::string>().empty()) || expected.all_points;
      if (status == expected.status || status == "skipped" || !graded_test) continue;
      problems.push_back(place + module.value("id", "") + " '" + test.value("name", "") + "' is " +
                         status + ", expected " + expected.status);
    }
  }
  return problems;
}

}  // namespace

Problems prove_grader(const grader::Course& course, const fs::path& grader, const fs::path& work) {
  solved_tree(course, work / "solved");
  skeleton_tree(course, work / "unsolved");
  Graded solved, unsolved;
  grader::parallel_for(2, 2, [&](std::size_t i) {
    if (i == 0) solved = grade(grader, work / "solved", work / "solved.json");
    if (i == 1) unsolved = grade(grader, work / "unsolved", work / "unsolved.json");
  });
  Problems problems = check_report(solved, {"the solutions", 0, true, "pass"});
  append(problems, check_report(unsolved, {"the skeletons", 1, false, "todo"}));
  return problems;
}

}  // namespace tito
