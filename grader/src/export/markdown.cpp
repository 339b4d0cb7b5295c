#include "export/escape.hpp"
#include "export/writers.hpp"

namespace grader {
namespace {

constexpr std::size_t shown_tests = 10;  // of each module: a job summary has at most 1 MB

bool is_news(const TestView& test) {
  return test.status != Status::pass && test.status != Status::todo;
}

std::string row(const ModuleView& module) {
  std::string parts;
  if (module.isolated_score && module.integration_score) {
    parts = std::to_string(*module.isolated_score) + " isolated, " +
            std::to_string(*module.integration_score) + " integration";
  }
  return "| " + markdown_code(module.id) + " | " + markdown_code(to_string(module.status)) + " | " +
         std::to_string(module.score) + " of " + std::to_string(module.max_score) + " | " + parts +
         " |\n";
}

std::string failures(const ModuleView& module) {
  std::string text;
  std::size_t news = 0;
  for (const TestView& test : module.tests) {
    if (!is_news(test) || ++news > shown_tests) continue;
    text += "- " + markdown_code(to_string(test.status)) + " " + markdown_text(test.name) + "\n\n";
    if (!test.message.empty()) text += markdown_block(test.message) + "\n";
    if (!test.case_seed.empty()) text += "  case " + markdown_code(test.case_seed) + "\n\n";
  }
  if (news > shown_tests) text += "and " + std::to_string(news - shown_tests) + " more\n\n";
  if (text.empty()) return text;
  return "### " + markdown_text(module.id) + "\n\n" + text;
}

}  // namespace

std::string markdown_report(const ResultView& result) {
  const std::string reason = result.no_mark();
  std::string text = "## TinyTorch\n\n";
  if (reason.empty()) {
    text += "**" + std::to_string(result.score) + " of " + std::to_string(result.max_score) +
            " points**";
    if (result.stretch_max > 0) {
      text += ", stretch " + std::to_string(result.stretch_score) + " of " +
              std::to_string(result.stretch_max);
    }
    text += "\n\n";
  } else {
    text += "**No mark.** The points below are not a result.\n\n" + markdown_block(reason) + "\n";
  }
  text += "| module | status | points | of these |\n|---|---|---|---|\n";
  for (const ModuleView& module : result.modules) text += row(module);
  text += "\n";
  for (const ModuleView& module : result.modules) {
    if (const std::string blame = blame_words(module); !blame.empty())
      text += "- " + markdown_code(module.id) + " " + markdown_text(blame) + "\n";
  }
  for (const std::string& line : not_taken(result))
    text += "- not taken: " + markdown_code(line) + "\n";
  for (const FlagView& flag : result.flags) text += "- " + markdown_code(flag_words(flag)) + "\n";
  if (!text.ends_with("\n\n")) text += "\n";
  for (const ModuleView& module : result.modules) text += failures(module);
  if (!result.sandbox_level.empty())
    text += "sandbox: " + markdown_text(result.sandbox_level + ", " + result.sandbox_detail) + "\n";
  return text;
}

}  // namespace grader
