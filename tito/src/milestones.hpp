// tito / milestones.hpp: which milestones are there, locked, ready or passed.
#pragma once
#include <string>
#include <vector>

#include "context.hpp"
#include "report.hpp"
#include "state.hpp"

namespace tito {

std::filesystem::path state_file(const Context&);

/// Modules, and then blanks, that a milestone needs and that are not done, given reports of all modules.
std::vector<std::string> locked_by(const grader::Milestone&, const std::vector<ModuleReport>&);

struct MilestoneLine {
  const grader::Milestone* milestone;
  std::string text;  // "M1 Perceptron 1958   needs 02_ops"
};
std::vector<MilestoneLine> milestone_lines(const Context&, const std::vector<ModuleReport>&);

}  // namespace tito
