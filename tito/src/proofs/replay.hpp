// tito / proofs/replay.hpp: a student's whole way, from the first blank to the last, walked with the real tito.
//
// A tree as a student has it (skeletons, no build folder), in which module after module the reference's text is pasted
// where todo(...) stands. Before each: `tito next` names its first blank. After each: `tito test NN` passes, and exactly
// those milestones are unlocked that need no more. At the end: all blanks, all points.
#pragma once
#include <filesystem>

#include "course.hpp"
#include "problems.hpp"

namespace tito {

struct ReplaySetting {
  const grader::Course& course;
  std::filesystem::path tools;  // build/tools: bin/tito in it is run
  std::filesystem::path
      cache;  // build/cache: what the other proofs compiled is found there (docs/adr/0007)
  std::filesystem::path work;  // where the student's tree is made
};

/// Stops at the first module that does not come out as it should: what follows would only be its echo.
Problems prove_replay(const ReplaySetting&);

}  // namespace tito
