// grader / blame.hpp: who is at fault when a module fails, and what that costs.
//
// A student's module N is tested on their modules 1 to N. When it fails, it is tested once more with
// everything but N from the reference: what then passes keeps all but the integration part of its
// points, so that a bug in module 01 is paid for once and not fourteen times. And the module at
// fault is named, by swapping modules against the reference.
//   isolated      N fails although all before it is the reference's: the fault is N's own
//   bisection     N passes alone; the first module that breaks it, added to those before, is named
//   interaction   N passes alone and so does everything before it; only together they fail
// Not here: how a module is run (session.hpp, observe/official.hpp).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "course.hpp"
#include "overlay.hpp"
#include "session.hpp"

namespace grader {

/// One module over any mixture of trees.
using RunOverlay = std::function<ModuleResult(const Overlay&)>;

class Settlement {
 public:
  Settlement(const Course& course, Overlay mine, Overlay reference)
      : course_(course), mine_(std::move(mine)), reference_(std::move(reference)) {}

  /// Runs the module on the student's tree; where that fails, isolated, and looks for the culprit.
  /// Modules come in order: a culprit found once is tried first the next time.
  ModuleResult run(const Module&, const RunOverlay&);

 private:
  Blame find_culprit(const Module&, const RunOverlay&, const std::vector<std::string>& failing);

  const Course& course_;
  Overlay mine_, reference_;
  std::vector<std::string> culprits_;  // ids of modules
};

/// Fills `earned` of each test, and the module's sums: all points for what passes, all but the
/// integration part for what passes isolated.
void add_up(const Course&, ModuleResult&);

/// Of `points`, what only a pass on one's own modules earns: a whole number.
int integration_part(const Course&, int points);

}  // namespace grader
