// grader / observe / official.hpp: marks that cannot be forged, because nothing worth forging is
// where a student's code runs.
//
// A module's observation program is compiled with the submission and with the reference; both run on
// the same input, and this process compares what they saw. The input comes from a seed that depends
// on an instructor's key and on the submitted text, so it can be reproduced but not foreseen.
// Design: observe, do not assert. A secret in the student's own process (an expected value, a nonce
// in argv, a result file) can be read or rewritten there.
#pragma once
#include <filesystem>
#include <string>

#include "observe/observer.hpp"
#include "session.hpp"

namespace grader {

struct OfficialOptions {
  std::string key;    // the instructor's; empty: a public seed
  bool rerun = true;  // a case that fails is run again, alone, before it counts
};

/// One module of one submission.
class ModuleObservation {
 public:
  /// Builds and lists the reference's program. Throws InfrastructureError if that is broken.
  ModuleObservation(const Course&, const Module&, const Overlay& mine, const Overlay& reference,
                    const Observers&, const OfficialOptions&);

  /// What the module's observations say of this mixture of trees: a test for each, without points
  /// added up. `environment`: for the student's program, such as "TT_OFF=01.2".
  ModuleResult run(const Overlay&, const std::vector<std::string>& environment = {}) const;

 private:
  const Outcomes& expected() const;
  std::map<CaseId, CaseOutcome> compare(const ObserverProgram&, const std::vector<CaseId>&,
                                        const std::vector<std::string>& environment) const;

  const Module& module_;
  const Observers& observers_;
  OfficialOptions options_;
  ObserverProgram ours_;
  std::vector<ObservationInfo> infos_;
  std::vector<TestCase> tests_;
  std::uint64_t seed_ = 0;
  std::vector<CaseId> cases_;
  mutable Outcomes expected_;  // of the reference, once it is needed
};

/// The observations of a module as tests: each blank's points are shared by its observations, the
/// regression points by those of the module as a whole.
std::vector<TestCase> observation_tests(const Course&, const Module&,
                                        const std::vector<ObservationInfo>&);

/// The seed of a module's cases: HMAC of the key over the module and the text of all that it is
/// made of. The same text gets the same seed, so that an appeal can be checked.
std::uint64_t case_seed(const Course&, const Module&, const Overlay& mine, const std::string& key);

}  // namespace grader
