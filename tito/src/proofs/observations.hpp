// tito / observations.hpp: what must hold of grader/observe, on which official marks rest.
#pragma once
#include "suite_proofs.hpp"

namespace tito {

struct ObservationProof {
  bool mutants = false;  // try the wrong solutions of tests/mutants as well
  int every = 1;         // each so many of them
};

/// Of each module of the setting: the reference gets all points and the skeletons none; each core
/// blank is observed at least 20 times, and switched off it is missed; each mutant loses points.
Problems prove_observations(const ProofSetting&, const ObservationProof& = {});

}  // namespace tito
