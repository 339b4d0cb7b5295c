// tito / suite_proofs.hpp: what must hold of the tests when they run against known code.
//
// Each proof makes its own skeletons or probes from solutions/ below `work`, never in modules/, and
// says what it found as problems. The reference stands there as a solved student's tree, so that
// the proofs and the grader share what is compiled. `options` chooses compiler, sanitizer and precision; warnings
// count as errors.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "course.hpp"
#include "problems.hpp"
#include "session.hpp"

namespace tito {

struct ProofSetting {
  const grader::Course& course;
  grader::SessionOptions options;
  std::filesystem::path work;                  // build/proofs
  std::vector<const grader::Module*> modules;  // to prove it of; all there are unless told
};

/// The setting of tito dev and selftest: all processors, below build/proofs, and patience with a
/// busy machine.
ProofSetting proof_setting(const grader::Course&, const std::string& compiler, int jobs);

/// Every test passes on the reference, and every point is given.
Problems prove_reference(const ProofSetting&);

/// The skeletons compile without warnings, score exactly 0, and every graded test says `todo`.
Problems prove_skeleton(const ProofSetting&);

/// The skeletons compile without warnings: what the proof above holds of its compiler, without
/// building tests.
Problems prove_skeleton_compiles(const ProofSetting&);

/// For each k: with modules 1..k solved and the rest skeleton, the tests of k pass, and those of
/// k + 1 say `todo`.
Problems prove_prefix(const ProofSetting&);

/// With any single blank switched off, one of its own tests runs into it. One compile a module.
Problems prove_blanks(const ProofSetting&);

}  // namespace tito
