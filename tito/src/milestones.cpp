#include "milestones.hpp"

#include <algorithm>

namespace tito {
namespace {

bool is_blank(const std::string& need) { return need.find('.') != std::string::npos; }

int number_of(const std::string& module_id) { return std::stoi(module_id.substr(0, 2)); }

/// "01-08 10-14 12.12": the numbers of modules, neighbours drawn together, and the blanks.
std::string ranges(const std::vector<std::string>& ids) {
  std::string words;
  for (std::size_t i = 0; i < ids.size();) {
    if (is_blank(ids[i])) {
      words += " " + ids[i++];
      continue;
    }
    std::size_t end = i;
    while (end + 1 < ids.size() && !is_blank(ids[end + 1]) &&
           number_of(ids[end + 1]) == number_of(ids[end]) + 1)
      ++end;
    words += " " + ids[i].substr(0, 2);
    if (end > i) words += (end > i + 1 ? "-" : " ") + ids[end].substr(0, 2);
    i = end + 1;
  }
  return words;
}

}  // namespace

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
  for (const std::string& need : milestone.needs_blanks) {
    const auto passes = [&](const BlankReport& blank) {
      return blank.id == need && blank.state == BlankState::pass;
    };
    const bool done = std::any_of(reports.begin(), reports.end(), [&](const ModuleReport& report) {
      return std::any_of(report.blanks.begin(), report.blanks.end(), passes);
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
      words = "needs" + ranges(missing);
    } else if (run != state.milestones.end() && run->second.passed) {
      words = context.screen.good("passed") +
              (run->second.summary.empty() ? "" : ", " + run->second.summary) + "   " +
              run->second.date;
    } else {
      words = "ready: " + context.say("milestone run " + milestone.id);
    }
    lines.push_back({&milestone, pad(milestone.id, 4) + pad(milestone.title, 27) + words});
  }
  return lines;
}

}  // namespace tito
