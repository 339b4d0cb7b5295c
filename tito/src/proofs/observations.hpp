// tito / observations.hpp: what must hold of grader/observe, on which official marks rest.
#pragma once
#include "suite_proofs.hpp"

namespace tito {

/// Of each module of the setting: the reference gets all points and the skeletons none; each core
/// blank is observed at least 20 times, and switched off it is missed; with `mutants`, each wrong
/// solution of tests/mutants loses points.
Problems prove_observations(const ProofSetting&, bool mutants = false);

}  // namespace tito
