#include "json_output.hpp"

#include <nlohmann/json.hpp>

#include "progress.hpp"

namespace tito {
using nlohmann::json;

std::string progress_text(const Context& context,
                          const std::vector<grader::ModuleResult>& results) {
  return progress_json(context.course, results, context.course.root).dump(2) + "\n";
}

std::string locked_text(const grader::Milestone& milestone, const std::vector<std::string>& needs) {
  return json{{"id", milestone.id}, {"status", "locked"}, {"needs", needs}}.dump(2) + "\n";
}

std::string text_field(const std::string& document, const std::string& field) {
  const json parsed = json::parse(document, nullptr, false);
  return parsed.is_object() && parsed.contains(field) && parsed[field].is_string()
             ? parsed[field].get<std::string>()
             : std::string();
}

std::string report_text(const ModuleReport& report) {
  json blanks = json::array();
  for (const BlankReport& blank : report.blanks) {
    blanks.push_back({{"id", blank.id},
                      {"function", blank.function},
                      {"stretch", blank.stretch},
                      {"state", static_cast<int>(blank.state)},
                      {"tests", blank.tests},
                      {"failed", blank.failed},
                      {"waits_for", blank.waits_for}});
  }
  const json document = {{"id", report.id},
                         {"blanks", blanks},
                         {"score", report.score},
                         {"max_score", report.max_score},
                         {"module_tests", report.module_tests},
                         {"module_failed", report.module_failed},
                         {"core_passed", report.core_passed}};
  return document.dump() + "\n";
}

ModuleReport parse_report(const std::string& text) {
  const json document = json::parse(text);
  ModuleReport report;
  document.at("id").get_to(report.id);
  document.at("score").get_to(report.score);
  document.at("max_score").get_to(report.max_score);
  document.at("module_tests").get_to(report.module_tests);
  document.at("module_failed").get_to(report.module_failed);
  document.at("core_passed").get_to(report.core_passed);
  for (const json& item : document.at("blanks")) {
    BlankReport blank;
    item.at("id").get_to(blank.id);
    item.at("function").get_to(blank.function);
    item.at("stretch").get_to(blank.stretch);
    blank.state = static_cast<BlankState>(item.at("state").get<int>());
    item.at("tests").get_to(blank.tests);
    item.at("failed").get_to(blank.failed);
    item.at("waits_for").get_to(blank.waits_for);
    report.blanks.push_back(blank);
  }
  return report;
}

}  // namespace tito
