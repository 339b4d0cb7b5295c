#include "grade.hpp"

#include <algorithm>
#include <iterator>

#include "blame.hpp"
#include "compiler.hpp"
#include "fingerprint.hpp"
#include "intake.hpp"
#include "integrity.hpp"
#include "object_cache.hpp"
#include "observe/official.hpp"
#include "parallel.hpp"
#include "scratch.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// A module of which no test was run, for one reason: what the report says before its turn comes,
/// or instead of it.
ModuleResult not_run(const Course& course, const Module& module, std::vector<TestCase> tests,
                     Status status, const std::string& message) {
  ModuleResult result;
  result.id = module.id;
  for (TestCase& test : tests) {
    TestResult entry;
    entry.status = status;
    entry.message = message;
    entry.test = std::move(test);
    result.tests.push_back(std::move(entry));
  }
  add_up(course, result);
  return result;
}

/// Runs modules by one policy.
class Policy {
 public:
  Policy(const Course& course, const GradeOptions& options, const Overlay& mine)
      : course_(course),
        options_(options),
        mine_(mine),
        reference_(Overlay::reference(course)),
        settlement_(course, mine_, reference_) {
    if (!options.official) return;
    const std::string& told = options.session.compiler;
    observers_.emplace(course, told.empty() ? test_compiler() : told, course.root / "build/cache",
                       options.sandbox, options.case_seconds);
  }

  /// Compiles what official marks need of the reference or of the submission, as many programs at a
  /// time as the session has jobs: each module's turn finds its own there. What goes wrong here goes
  /// wrong again then, and is told then.
  void compile(const std::vector<const Module*>& modules, Trust trust) const {
    if (!observers_) return;
    parallel_for(modules.size(), options_.session.jobs, [&](std::size_t i) {
      try {
        (void)observers_->build(*modules[i], trust == Trust::ours ? reference_ : mine_, trust);
      } catch (const std::exception&) {
      }
    });
  }

  /// All that the module's marks depend on.
  std::vector<TestCase> tests(const Module& module) const {
    if (observers_) {
      const ObserverProgram ours = observers_->build(module, reference_, Trust::ours);
      return observation_tests(course_, module, observers_->list(ours));
    }
    std::vector<TestCase> tests;
    for (const std::string& suite : options_.session.suites) {
      for (TestCase& test : index_tests(course_, module, suite)) tests.push_back(std::move(test));
    }
    return tests;
  }

  ModuleResult run(const Module& module) {
    if (!observers_) {
      return settlement_.run(module, [&](const Overlay& overlay) {
        return run_module(course_, module, overlay, options_.session);
      });
    }
    const ModuleObservation observation(course_, module, mine_, reference_, *observers_,
                                        {options_.key});
    return settlement_.run(module,
                           [&](const Overlay& overlay) { return observation.run(overlay); });
  }

 private:
  const Course& course_;
  const GradeOptions& options_;
  Overlay mine_, reference_;
  Settlement settlement_;
  std::optional<Observers> observers_;
};

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
                  const std::string& grader, const std::vector<ModuleResult>& results,
                  const std::string& problem, bool complete) {
  if (options.json.empty()) return;
  auto report = progress_json(course, results, submission.tree);
  report["complete"] = complete;
  report["submission"] = submission_json(submission);
  report["policy"] = options.official ? "official" : "formative";
  if (options.official) {
    report["sandbox"] = {{"level", to_string(options.sandbox.level())},
                         {"detail", options.sandbox.detail()}};
  }
  report["grader"] = {{"fingerprint", grader}};
  if (!problem.empty()) report["problem"] = clean_text(problem, 4 << 10);
  if (complete && options.signing_key) sign_result(report, *options.signing_key);
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
  const ScratchFolder intake(work, "intake");
  Submission submission = take_submission(course, options.submission, intake.path());
  // The same text lies in the same place each time, so that what was compiled is found again; two
  // graders at once take turns.
  const FileLock lock(work / (submission.hash + ".lock"));
  const fs::path place = work / submission.hash;
  fs::remove_all(place);
  fs::rename(submission.tree, place);
  submission.tree = place;
  const std::string grader = fingerprint(course, options, fs::read_symlink("/proc/self/exe"));
  Policy policy(course, options, Overlay::student(course, submission.tree));

  Grade grade;
  policy.compile(modules, Trust::ours);
  const auto untested = [&](const Module& module, Status status, const std::string& why) {
    return not_run(course, module, policy.tests(module), status, why);
  };
  for (const Module* module : modules)
    grade.modules.push_back(untested(*module, Status::not_run, "not run yet"));
  write_report(course, options, submission, grader, grade.modules, "", false);
  std::vector<const Module*> there;
  std::copy_if(modules.begin(), modules.end(), std::back_inserter(there), [&](const Module* module) {
    return obstacle(submission, *module).first == Status::pass;
  });
  policy.compile(there, Trust::stranger);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const Module& module = *modules[i];
    if (!grade.problem.empty()) {
      grade.modules[i] = untested(module, Status::infra_error, grade.problem);
    } else if (const auto [status, reason] = obstacle(submission, module); status != Status::pass) {
      grade.modules[i] = untested(module, status, reason);
    } else {
      try {
        grade.modules[i] = policy.run(module);
      } catch (const std::exception& error) {
        grade.problem = error.what();
        grade.modules[i] = untested(module, Status::infra_error, grade.problem);
      }
    }
    write_report(course, options, submission, grader, grade.modules, grade.problem,
                 i + 1 == modules.size());
    if (options.on_module) options.on_module(grade.modules[i]);
  }
  grade.next = next_blank(course, grade.modules, submission.tree);
  std::error_code ignored;
  fs::remove_all(submission.tree, ignored);
  return grade;
}

}  // namespace grader
