// tito / signatures.hpp: makes tests/mutants/signatures.json (grader/src/misconceptions.hpp).
#pragma once
#include <string>

#include "suite_proofs.hpp"

namespace tito {

struct SignatureCount {
  int mutants = 0, told = 0;  // told: those whose failure leads to their sentence
};

/// Runs each curated mutant of the setting's modules twice; what differs between the two (memory
/// that was never written) is no signature. One that more than two mutants share is none either.
/// The entries of other modules are kept.
SignatureCount write_signatures(const ProofSetting&);

}  // namespace tito
