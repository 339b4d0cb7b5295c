#include "export/escape.hpp"
#include "export/html_page.hpp"
#include "export/writers.hpp"

namespace grader {
namespace {

std::string element(const std::string& tag, const std::string& text, const std::string& css = "") {
  const std::string start = css.empty() ? "<" + tag + ">" : "<" + tag + " class=\"" + css + "\">";
  return start + html_text(text) + "</" + tag + ">";
}

std::string headline(const ResultView& result) {
  if (const std::string reason = result.no_mark(); !reason.empty()) {
    return "<p class=\"warn\">No mark. The points below are not a result.</p>\n" +
           element("pre", reason) + "\n";
  }
  std::string text =
      std::to_string(result.score) + " of " + std::to_string(result.max_score) + " points";
  if (result.stretch_max > 0) {
    text += "; stretch " + std::to_string(result.stretch_score) + " of " +
            std::to_string(result.stretch_max);
  }
  return element("p", text) + "\n";
}

std::string module_row(const ModuleView& module) {
  const std::string points =
      std::to_string(module.score) + " of " + std::to_string(module.max_score);
  std::string parts;
  if (module.isolated_score && module.integration_score) {
    parts = std::to_string(*module.isolated_score) + " isolated, " +
            std::to_string(*module.integration_score) + " integration";
  }
  return "<tr>" + element("td", module.id) + element("td", to_string(module.status)) +
         element("td", points, "n " + heat_class(module.score, module.max_score)) +
         element("td", parts) + element("td", blame_words(module)) + "</tr>\n";
}

std::string test_entry(const TestView& test) {
  if (test.status == Status::pass) return "";
  const std::string points = test.stretch ? "stretch" : "0 of " + std::to_string(test.max_points);
  std::string text = "<details><summary>" + element("code", to_string(test.status)) + " " +
                     html_text(test.name) + " " + element("span", points, "quiet") + "</summary>\n";
  const std::string seed = test.case_seed.empty() ? "" : "\ncase " + test.case_seed;
  return text + element("pre", test.message + seed) + "</details>\n";
}

std::string notes(const ResultView& result) {
  std::string text;
  for (const std::string& line : not_taken(result))
    text += element("li", "not taken: " + line) + "\n";
  for (const FlagView& flag : result.flags) text += element("li", flag_words(flag)) + "\n";
  return text.empty() ? text : "<h2>To look at</h2>\n<ul>\n" + text + "</ul>\n";
}

}  // namespace

std::string html_report(const ResultView& result) {
  std::string body = headline(result);
  body +=
      "<div class=\"wide\"><table>\n<tr><th>module</th><th>status</th><th class=\"n\">points</th>"
      "<th>of these</th><th>cause</th></tr>\n";
  for (const ModuleView& module : result.modules) body += module_row(module);
  body += "</table></div>\n" + notes(result);
  for (const ModuleView& module : result.modules) {
    std::string tests;
    for (const TestView& test : module.tests) tests += test_entry(test);
    if (!tests.empty()) body += element("h2", module.id) + "\n" + tests;
  }
  std::string origin = "submission " + result.hash;
  if (!result.policy.empty()) origin += "; policy " + result.policy;
  if (!result.sandbox_level.empty())
    origin += "; sandbox " + result.sandbox_level + ", " + result.sandbox_detail;
  body += element("p", origin, "quiet") + "\n";
  return html_page(result.id.empty() ? "TinyTorch result" : "TinyTorch result: " + result.id, body);
}

}  // namespace grader
