#include "milestones.hpp"

#include <algorithm>

namespace tito {

std::filesystem::path state_file(const Context& context) { return context.build() / "state.json"; }

std::vector<std::string> locked_by(const grader::Milestone& milestone,
                                   const std::vector<ModuleReport>& reports) {
  std::vector<std::string> missing;
  for (const std::string& need : milestone.needs) {
    const bool done = std::any_of(reports.begin(), reports.end(), [&](const ModuleReport& report) {
      return report.id == need && report.core_passed;
    });
    if (!done) missing.push_back(need);
  }
  return missing;
}

std::vector<MilestoneLine> milestone_lines(const Context& context,
                                           const std::vector<ModuleReport>& reports) {
  const State state = State::load(state_file(context));
  std::vector<MilestoneLine> lines;
  for (const grader::Milestone& milestone : context.course.milestones) {
    std::string words;
    const auto run = state.milestones.find(milestone.id);
    const auto missing = locked_by(milestone, reports);
    if (!missing.empty()) {
      words = "needs";
      for (const std::string& id : missing) words += " " + id.substr(0, 2);
    } else if (run != state.milestones.end() && run->second.passed) {
      words = context.screen.good("passed") +
              (run->second.summary.empty() ? "" : ", " + run->second.summary) + "   " +
              run->second.date;
    } else {
      words = "ready: " + context.say("milestone run " + milestone.id);
    }
    lines.push_back({&milestone, milestone.id + " " + pad(milestone.title, 24) + " " + words});
  }
  return lines;
}

}  // namespace tito
