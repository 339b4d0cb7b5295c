// tito / state.hpp: the little that tests cannot tell: hints shown, milestones run.
// build/state.json.
//
// Losing it costs nothing: a file that is missing or damaged counts as empty.
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace tito {

struct MilestoneRun {
  bool passed = false;
  std::string date;     // "2026-11-20"
  std::string summary;  // the program's own words, such as "accuracy 0.93 on 397 digits"
};

struct State {
  std::map<std::string, int> hints_shown;  // blank id -> how many of its hints
  std::map<std::string, MilestoneRun> milestones;

  static State load(const std::filesystem::path& file);
  void save(const std::filesystem::path& file) const;
};

}  // namespace tito
