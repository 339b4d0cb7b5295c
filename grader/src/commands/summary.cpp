#include <cstdio>

#include "commands/result_commands.hpp"
#include "export/class_summary.hpp"

namespace grader {

int run_summary(const SummaryOptions& options) {
  const std::vector<RosterEntry> roster =
      options.roster.empty() ? std::vector<RosterEntry>{} : read_roster(options.roster);
  const ClassSummary summary =
      summarize(read_results(options.results), options.roster.empty() ? nullptr : &roster);
  write_class_summary(options.out, summary, options.assignment);
  const int marked = summary.count(ClassStudent::State::marked);
  const int without = static_cast<int>(summary.students.size()) - marked;
  std::printf("students         %d\nmarked           %d\nwithout a mark   %d\n", marked + without,
              marked, without);
  return without == 0 ? 0 : 3;
}

}  // namespace grader
