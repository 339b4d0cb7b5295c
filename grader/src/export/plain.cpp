#include "export/escape.hpp"
#include "export/writers.hpp"

namespace grader {

std::string plain_report(const ResultView& result) {
  const std::string reason = result.no_mark();
  std::string text = reason.empty() ? "score " + std::to_string(result.score) + " of " +
                                          std::to_string(result.max_score) + "\n"
                                    : "no mark: " + reason + "\n";
  if (reason.empty() && result.stretch_max > 0) {
    text += "stretch " + std::to_string(result.stretch_score) + " of " +
            std::to_string(result.stretch_max) + ", counted apart\n";
  }
  for (const ModuleView& module : result.modules) {
    if (module.status == Status::pass) continue;
    text += module.id + ": " + to_string(module.status) + ", " + std::to_string(module.score) +
            " of " + std::to_string(module.max_score) + "\n";
    if (const std::string blame = blame_words(module); !blame.empty()) text += "  " + blame + "\n";
  }
  for (const std::string& line : not_taken(result)) text += "not taken: " + line + "\n";
  if (result.policy == "formative") text += "policy formative: for feedback, not for marks\n";
  return without_workflow_commands(text);
}

}  // namespace grader
