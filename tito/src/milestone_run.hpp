// tito / milestone_run.hpp: builds a milestone's program with the release profile and runs it.
//
// The program gets --root ROOT --out FOLDER, prints its own progress, writes FOLDER/M1.json (and
// M1.png), and exits with 0 if its gate was passed, 1 if not, 3 if its data cannot be used, 4 if it
// wants files that the repository does not hold and nobody fetched (tests/milestones/support/stop.hpp).
#pragma once
#include <string>

#include "context.hpp"

namespace tito {

struct MilestoneOutcome {
  bool built = false, passed = false;
  bool cannot_run = false;  // its data is missing or damaged: nobody's code is at fault
  bool skipped = false;     // its data is not part of the repository and is not here
  std::string summary;  // in its own words: "accuracy 0.93 on 397 digits"
  std::string json;     // all that it wrote to FOLDER/M1.json
  std::string output;   // what it printed, if it was quiet
};

/// `quiet`: its progress is not shown.
MilestoneOutcome run_milestone(const Context&, const grader::Milestone&, bool solution, bool quiet);

}  // namespace tito
