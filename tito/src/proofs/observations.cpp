#include "observations.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "files.hpp"
#include "mutants.hpp"
#include "observe/official.hpp"
#include "parallel.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
using grader::ModuleObservation;
using grader::ModuleResult;
using grader::Observers;
using grader::Overlay;
using grader::Status;
using grader::TestResult;
namespace {

constexpr int least_cases = 20;

/// The trees that a module is observed on.
struct Trees {
  Overlay reference, skeletons, probes;
};

std::string place_of(const Module& module) { return "grader/observe/" + module.id + ".cpp: "; }

/// What is not as it should be: each test's name and status.
Problems unless_all(const Module& module, const std::string& who, const ModuleResult& result,
                    Status wanted) {
  Problems problems;
  for (const TestResult& test : result.tests) {
    if (test.status == wanted) continue;
    problems.push_back(place_of(module) + "'" + test.test.name + "' is " + to_string(test.status) +
                       " on " + who + ", expected " + to_string(wanted) + ": " +
                       test.message.substr(0, 200));
  }
  return problems;
}

bool loses_points(const ModuleResult& result) {
  return std::any_of(result.tests.begin(), result.tests.end(),
                     [](const TestResult& test) { return test.status != Status::pass; });
}

Problems prove_module(const ProofSetting& setting, const Module& module, const Trees& trees,
                      const Observers& observers) {
  const ModuleObservation observation(setting.course, module, trees.reference, trees.reference,
                                      observers, {});
  const ModuleResult solved = observation.run(trees.reference);
  Problems problems = unless_all(module, "the reference", solved, Status::pass);
  append(problems,
         unless_all(module, "the skeletons", observation.run(trees.skeletons), Status::todo));
  std::map<std::string, int> cases;
  for (const TestResult& test : solved.tests) cases[test.test.blank] += test.assertions;
  if (cases[""] == 0)
    problems.push_back(place_of(module) + "observes nothing of the module as a whole");
  for (const grader::Blank& blank : module.blanks) {
    if (cases[blank.id] < least_cases) {
      problems.push_back(place_of(module) + "blank " + blank.id + " is observed " +
                         std::to_string(cases[blank.id]) + " times, expected at least 20");
    }
  }
  for (const grader::Blank& blank : module.blanks) {
    const ModuleResult off = observation.run(trees.probes, {"TT_OFF=" + blank.id});
    const bool missed = std::any_of(off.tests.begin(), off.tests.end(), [&](const auto& test) {
      return test.test.blank == blank.id && test.status == Status::todo;
    });
    // A blank of a challenge may have a slower way beside it.
    if (!missed)
      problems.push_back(place_of(module) + "nothing of blank " + blank.id +
                         " notices that it is switched off");
  }
  return problems;
}

/// The module's headers with all wrong solutions in them (mutant_program.hpp).
Overlay with_mutants(const ProofSetting& setting, const Module& module,
                     const std::vector<Mutant>& mutants, const Overlay& reference) {
  std::vector<WrongBodies> bodies;
  for (const Mutant& mutant : mutants) bodies.push_back(mutant.bodies);
  const std::vector<bool> left_out(mutants.size(), false);
  const fs::path folder = setting.work / "observed" / module.id;
  for (const grader::SolutionSource& source : read_solution(setting.course, module)) {
    grader::write_if_changed(folder / source.name,
                             mutant_header(source.text, source.regions, bodies, left_out).text);
  }
  Overlay overlay = reference;
  overlay.folder[module.id] = folder;
  return overlay;
}

Problems prove_mutants_of(const ProofSetting& setting, const Module& module, const Trees& trees,
                          const Observers& observers) {
  const std::vector<Mutant> mutants = find_mutants(setting.course, module);
  if (mutants.empty()) return {};
  const Overlay overlay = with_mutants(setting, module, mutants, trees.reference);
  const ModuleObservation observation(setting.course, module, overlay, trees.reference, observers,
                                      {"", false});
  Problems problems =
      unless_all(module, "the reference among its mutants", observation.run(overlay), Status::pass);
  if (!problems.empty()) return problems;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (loses_points(observation.run(overlay, {"TT_MUTANT=" + std::to_string(i + 1)}))) continue;
    problems.push_back(mutants[i].file.lexically_relative(setting.course.root).generic_string() +
                       ":1: loses no official points: " + mutants[i].thought);
  }
  return problems;
}

}  // namespace

Problems prove_observations(const ProofSetting& setting, bool mutants) {
  const grader::Course& course = setting.course;
  const Trees trees{solved_tree(course, setting.work / "solved"),
                    skeleton_tree(course, setting.work / "skeletons"),
                    probe_tree(course, setting.work / "probes")};
  const Observers observers(course, setting.options.compiler, course.root / "build" / "cache",
                            grader::Sandbox(), 4);
  Problems problems;
  std::mutex mutex;
  const auto note = [&](const Problems& found) {
    const std::lock_guard lock(mutex);
    append(problems, found);
  };
  const auto guarded = [&](const Module& module, const auto& prove) {
    try {
      note(prove());
    } catch (const std::exception& error) {
      note({place_of(module) + error.what()});
    }
  };
  const int jobs = setting.options.jobs;
  grader::parallel_for(setting.modules.size(), jobs, [&](std::size_t i) {
    const Module& module = *setting.modules[i];
    guarded(module, [&] { return prove_module(setting, module, trees, observers); });
    if (!mutants) return;
    guarded(module, [&] { return prove_mutants_of(setting, module, trees, observers); });
  });
  std::sort(problems.begin(), problems.end());
  return problems;
}

}  // namespace tito
