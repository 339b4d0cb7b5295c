#include "blame.hpp"

#include <algorithm>

#include "files.hpp"
#include "sync.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// A verdict that another module could change. A blank of this module that is not written is none.
bool may_be_anothers_fault(const Module& module, const TestResult& result) {
  switch (result.status) {
    case Status::pass:
    case Status::skipped:
    case Status::blocked:
    case Status::not_run:
    case Status::infra_error: return false;
    case Status::todo: return module.find_blank(result.todo_blank) == nullptr;
    default: return true;
  }
}

std::vector<std::string> failing_tests(const Module& module, const ModuleResult& result) {
  std::vector<std::string> names;
  for (const TestResult& test : result.tests) {
    if (may_be_anothers_fault(module, test)) names.push_back(test.test.name);
  }
  return names;
}

/// Do all of these pass?
bool all_pass(const ModuleResult& result, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(result.tests.begin(), result.tests.end(), [&](const TestResult& test) {
      return test.test.name == name && test.status == Status::pass;
    });
  });
}

/// Nothing written in any of its blanks: isolated, it is as empty as before.
bool is_untouched(const Module& module, const fs::path& folder) {
  return std::none_of(module.blanks.begin(), module.blanks.end(), [&](const Blank& blank) {
    return find_blank_place(folder, blank.id).written;
  });
}

}  // namespace

int integration_part(const Course& course, int points) {
  return (points * course.integration_percent + 50) / 100;
}

void add_up(const Course& course, ModuleResult& module) {
  module.score = module.max_score = module.stretch_score = module.stretch_max = 0;
  for (TestResult& result : module.tests) {
    const int points = result.test.points;
    result.earned = result.status == Status::pass     ? points
                    : result.isolated == Status::pass ? points - integration_part(course, points)
                                                      : 0;
    (result.test.stretch ? module.stretch_score : module.score) += result.earned;
    (result.test.stretch ? module.stretch_max : module.max_score) += points;
  }
}

ModuleResult Settlement::run(const Module& module, const RunOverlay& run) {
  ModuleResult result = run(mine_);
  const std::vector<std::string> failing = failing_tests(module, result);
  if (!failing.empty() && module.needs.empty()) {  // nobody else could be at fault
    result.blame = Blame{module.id, "isolated", "certain"};
    culprits_.push_back(module.id);
  } else if (!failing.empty() && !is_untouched(module, mine_.folder.at(module.id))) {
    const ModuleResult alone = run(Overlay::isolated(mine_, reference_, module));
    for (TestResult& test : result.tests) {
      if (test.status == Status::pass) continue;
      for (const TestResult& other : alone.tests) {
        if (other.test.name == test.test.name) test.isolated = other.status;
      }
    }
    std::vector<std::string> healed;  // fail on the student's tree, and pass isolated
    for (const std::string& name : failing) {
      if (all_pass(alone, {name})) healed.push_back(name);
    }
    if (healed.empty()) {
      result.blame = Blame{module.id, "isolated", "certain"};
      culprits_.push_back(module.id);
    } else {
      result.blame = find_culprit(module, run, healed);
    }
  }
  add_up(course_, result);
  return result;
}

Blame Settlement::find_culprit(const Module& module, const RunOverlay& run,
                               const std::vector<std::string>& failing) {
  // One bug breaks many modules: are those that are known to be broken enough to explain this?
  for (const std::string& culprit : culprits_) {
    Overlay without = mine_;
    without.folder[culprit] = reference_.folder.at(culprit);
    if (all_pass(run(without), failing)) return {culprit, "bisection", "certain"};
  }
  const auto passes_with_first = [&](int k) {
    Overlay overlay = Overlay::prefix(course_, mine_, reference_, k);
    overlay.folder[module.id] = mine_.folder.at(module.id);
    return all_pass(run(overlay), failing);
  };
  int passes = 0, fails = module.number() - 1;  // with none of the earlier modules it passes
  if (fails < 1 || passes_with_first(fails)) return {module.id, "interaction", "likely"};
  while (fails - passes > 1) {
    const int middle = (passes + fails) / 2;
    (passes_with_first(middle) ? passes : fails) = middle;
  }
  for (const Module* culprit : course_.available()) {
    if (culprit->number() != fails) continue;
    culprits_.push_back(culprit->id);
    return {culprit->id, "bisection", "certain"};
  }
  return {module.id, "interaction", "likely"};
}

}  // namespace grader
