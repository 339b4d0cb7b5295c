// tito / generated_proof.hpp: how many generated mutants do the tests notice?
//
// tests/mutants/equivalent.json lists those that no test can tell from the solution, with the
// reason: [{"blank": "01.5", "change": "before  ->  after", "reason": "..."}].
#pragma once
#include <string>
#include <vector>

#include "suite_proofs.hpp"

namespace tito {

struct GeneratedScore {
  std::string module;
  int generated = 0, compiled = 0, noticed = 0, equivalent = 0;
  std::vector<std::string> survivors;  // "solutions/...:12: 01.5: before  ->  after"

  /// Of those that compile and are not listed as equivalent.
  double percent() const {
    const int counted = compiled - equivalent;
    return counted == 0 ? 100 : 100.0 * noticed / counted;
  }
};

constexpr double generated_aim = 95;  // percent, of each module

struct GeneratedReport {
  std::vector<GeneratedScore> scores;
  Problems problems;  // a module below the aim; an entry of equivalent.json that is none
};

/// Of each of the setting's modules all generated mutants, or about `sample` of them, evenly
/// spread, if it is not 0.
GeneratedReport prove_generated(const ProofSetting&, int sample = 0);

}  // namespace tito
