#include "grade.hpp"

#include "intake.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// A module of which no test was run, for one reason: what the report says before its turn comes,
/// or instead of it.
ModuleResult not_run(const Course& course, const Module& module, const SessionOptions& options,
                     Status status, const std::string& message) {
  ModuleResult result;
  result.id = module.id;
  for (const std::string& suite : options.suites) {
    for (TestCase& test : index_tests(course, module, suite)) {
      (test.stretch ? result.stretch_max : result.max_score) += test.points;
      TestResult entry;
      entry.status = status;
      entry.message = message;
      entry.test = std::move(test);
      result.tests.push_back(std::move(entry));
    }
  }
  return result;
}

/// Why a module cannot be graded, if it cannot: itself or one that it needs is not there.
std::pair<Status, std::string> obstacle(const Submission& submission, const Module& module) {
  if (const auto found = submission.problems.find(module.id); found != submission.problems.end()) {
    return {Status::not_run, found->second};
  }
  for (const std::string& need : module.needs) {
    if (submission.problems.count(need) != 0) {
      return {Status::blocked,
              "needs " + need + ", which the submission lacks; nothing is put in its place"};
    }
  }
  return {Status::pass, ""};
}

nlohmann::json submission_json(const Submission& submission) {
  nlohmann::json rejected = nlohmann::json::array();
  for (const auto& [path, reason] : submission.rejected)
    rejected.push_back({{"path", path}, {"reason", reason}});
  return {{"hash", submission.hash},
          {"rejected", std::move(rejected)},
          {"rejected_more", submission.rejected_more}};
}

void write_report(const Course& course, const GradeOptions& options, const Submission& submission,
                  const std::vector<ModuleResult>& results, bool complete) {
  if (options.json.empty()) return;
  auto report = progress_json(course, results, submission.tree);
  report["complete"] = complete;
  report["submission"] = submission_json(submission);
  write_atomically(options.json, report.dump(2) + "\n");
}

}  // namespace

int Grade::exit_code() const {
  bool short_of_it = modules.empty();
  for (const ModuleResult& module : modules) {
    for (const TestResult& test : module.tests) {
      if (test.status == Status::infra_error) return 3;
      short_of_it = short_of_it || (!test.test.stretch && test.status != Status::pass);
    }
  }
  if (!problem.empty()) return 3;
  return short_of_it ? 1 : 0;
}

Grade grade(const Course& course, const GradeOptions& options) {
  const std::vector<const Module*> modules = course.select(options.modules);
  const fs::path work = course.root / "build" / "grader";
  fs::create_directories(work);
  const Submission submission = take_submission(course, options.submission, work);
  const Overlay overlay = Overlay::student(course, submission.tree);

  Grade grade;
  for (const Module* module : modules) {
    grade.modules.push_back(
        not_run(course, *module, options.session, Status::not_run, "not run yet"));
  }
  write_report(course, options, submission, grade.modules, false);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const Module& module = *modules[i];
    if (!grade.problem.empty()) {
      grade.modules[i] =
          not_run(course, module, options.session, Status::infra_error, grade.problem);
    } else if (const auto [status, reason] = obstacle(submission, module); status != Status::pass) {
      grade.modules[i] = not_run(course, module, options.session, status, reason);
    } else {
      try {
        grade.modules[i] = run_module(course, module, overlay, options.session);
      } catch (const std::exception& error) {
        grade.problem = error.what();
        grade.modules[i] =
            not_run(course, module, options.session, Status::infra_error, grade.problem);
      }
    }
    write_report(course, options, submission, grade.modules, i + 1 == modules.size());
    if (options.on_module) options.on_module(grade.modules[i]);
  }
  grade.next = next_blank(course, grade.modules, submission.tree);
  std::error_code ignored;
  fs::remove_all(submission.tree, ignored);
  return grade;
}

}  // namespace grader
