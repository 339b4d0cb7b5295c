#include "observations.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "blame.hpp"
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

Problems prove_mutant(const ProofSetting& setting, const Module& module, const Mutant& mutant,
                      const Overlay& reference, const Observers& observers) {
  const fs::path folder = setting.work / "observed" / mutant.name / module.id;
  const Overlay overlay = mutated(setting.course, reference, module, mutant, folder);
  const ModuleObservation observation(setting.course, module, overlay, reference, observers,
                                      {"", false});
  if (loses_points(observation.run(overlay))) return {};
  return {mutant.file.lexically_relative(setting.course.root).generic_string() +
          ":1: loses no official points: " + mutant.thought};
}

}  // namespace

Problems prove_observations(const ProofSetting& setting, const ObservationProof& proof) {
  const grader::Course& course = setting.course;
  const Trees trees{solved_tree(course, setting.work / "solved"),
                    skeleton_tree(course, setting.work / "skeletons"),
                    probe_tree(course, setting.work / "probes")};
  const Observers observers(course, setting.options.compiler, course.root / "build" / "cache",
                            grader::Sandbox());
  Problems problems;
  std::mutex mutex;
  const auto note = [&](const Problems& found) {
    const std::lock_guard lock(mutex);
    append(problems, found);
  };
  std::vector<std::pair<const Module*, Mutant>> mutants;
  std::size_t number = 0;
  for (const Module* module : setting.modules) {
    if (!proof.mutants) break;
    for (Mutant& mutant : find_mutants(course, *module)) {
      if (number++ % static_cast<std::size_t>(proof.every) == 0)
        mutants.emplace_back(module, std::move(mutant));
    }
  }
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
  });
  grader::parallel_for(mutants.size(), jobs, [&](std::size_t i) {
    const auto& [module, mutant] = mutants[i];
    guarded(*module, [&, m = module, &mutant = mutant] {
      return prove_mutant(setting, *m, mutant, trees.reference, observers);
    });
  });
  std::sort(problems.begin(), problems.end());
  return problems;
}

}  // namespace tito
