// tito / report.hpp: test results seen from the blanks.
#pragma once
#include <string>
#include <vector>

#include "course.hpp"
#include "session.hpp"

namespace tito {

enum class BlankState { pass, fail, todo, uncompiled };

struct BlankReport {
  std::string id, function;
  bool stretch = false;
  BlankState state = BlankState::todo;
  int tests = 0;
  int failed = 0;         // neither passed nor todo
  std::string waits_for;  // state todo: another blank that its tests reach first
};

struct ModuleReport {
  std::string id;
  std::vector<BlankReport> blanks;
  int score = 0, max_score = 0;
  int module_tests = 0, module_failed = 0;  // tests of no single blank: systems, regression
  bool core_passed = false;                 // every test that counts passes: the module is done

  int core_blanks() const;
  int core_done() const;
  /// The first blank to write, core ones before stretch ones; nullptr if all pass.
  const BlankReport* next() const;
};

ModuleReport report_of(const grader::Module&, const grader::ModuleResult&);

/// A module whose headers are still the skeletons: nothing is written, no test need run.
ModuleReport untouched_report(const grader::Module&);

/// Is this result worth a look at once? (Neither passed nor waiting for a blank.)
bool is_failure(const grader::TestResult&);

}  // namespace tito
