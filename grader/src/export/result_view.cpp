#include "export/result_view.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* key, std::size_t limit = 500) {
  const auto found = object.find(key);
  return found == object.end() ? "" : clean_text(found->get<std::string>(), limit);
}

int count_of(const json& object, const char* key) {
  const json& value = object.at(key);
  if (!value.is_number_integer() || value < 0 || value > 1'000'000)
    throw UsageError(std::string(key) + ": expects a whole number from 0 on, got " + value.dump());
  return value.get<int>();
}

std::optional<int> optional_count(const json& object, const char* key) {
  if (!object.contains(key)) return std::nullopt;
  return count_of(object, key);
}

Status status_of(const json& object, const char* key) {
  const std::string word = object.at(key).get<std::string>();
  for (int i = 0; i <= static_cast<int>(Status::infra_error); ++i) {
    if (to_string(static_cast<Status>(i)) == word) return static_cast<Status>(i);
  }
  throw UsageError(std::string(key) + ": expects a status, got '" + clean_text(word, 50) + "'");
}

TestView test_view(const json& object) {
  TestView test;
  test.name = text_of(object, "name");
  test.suite = text_of(object, "suite");
  test.blank = text_of(object, "blank");
  test.kind = text_of(object, "kind");
  test.status = status_of(object, "status");
  test.points = count_of(object, "points");
  test.max_points = count_of(object, "max_points");
  test.stretch = object.value("stretch", false);
  test.message = text_of(object, "message", 4200);
  test.seconds = object.value("seconds", 0.0);
  test.evidence = text_of(object, "evidence");
  test.case_seed = text_of(object, "case_seed");
  test.misconception = text_of(object, "misconception");
  if (object.contains("isolated")) test.isolated = status_of(object, "isolated");
  return test;
}

ModuleView module_view(const json& object) {
  ModuleView module;
  module.id = text_of(object, "id");
  if (module.id.size() < 4 || module.id.find_first_not_of("0123456789") != 2)
    throw UsageError("id: expects a module such as 01_tensor, got '" + module.id + "'");
  module.status = status_of(object, "status");
  module.score = count_of(object, "score");
  module.max_score = count_of(object, "max_score");
  module.stretch_score = count_of(object, "stretch_score");
  module.stretch_max = count_of(object, "stretch_max");
  module.isolated_score = optional_count(object, "isolated_score");
  module.integration_score = optional_count(object, "integration_score");
  if (const auto blame = object.find("blame"); blame != object.end()) {
    module.blame = BlameView{text_of(*blame, "module"), text_of(*blame, "method"),
                             text_of(*blame, "confidence")};
  }
  for (const json& test : object.at("tests")) module.tests.push_back(test_view(test));
  return module;
}

ResultView result_view(const json& object) {
  if (text_of(object, "schema") != "tinytorch.progress/1")
    throw UsageError("schema: expects tinytorch.progress/1, got '" + text_of(object, "schema") +
                     "'");
  ResultView view;
  view.policy = text_of(object, "policy");
  view.problem = text_of(object, "problem", 4200);
  view.complete = object.value("complete", false);
  if (const auto sandbox = object.find("sandbox"); sandbox != object.end()) {
    view.sandbox_level = text_of(*sandbox, "level");
    view.sandbox_detail = text_of(*sandbox, "detail", 1000);
  }
  if (const auto submission = object.find("submission"); submission != object.end()) {
    view.hash = text_of(*submission, "hash");
    view.id = text_of(*submission, "id");
    for (const json& entry : submission->value("rejected", json::array()))
      view.rejected.push_back({text_of(entry, "path"), text_of(entry, "reason")});
    view.rejected_more = optional_count(*submission, "rejected_more").value_or(0);
  }
  for (const json& flag : object.value("flags", json::array())) {
    view.flags.push_back({text_of(flag, "code"), text_of(flag, "severity"), text_of(flag, "file"),
                          text_of(flag, "text", 1000), count_of(flag, "line")});
  }
  for (const json& module : object.at("modules")) view.modules.push_back(module_view(module));
  const json& totals = object.at("totals");
  view.score = count_of(totals, "score");
  view.max_score = count_of(totals, "max_score");
  view.stretch_score = count_of(totals, "stretch_score");
  view.stretch_max = count_of(totals, "stretch_max");
  return view;
}

}  // namespace

std::string ResultView::no_mark() const {
  if (!problem.empty()) return "the grader failed: " + problem;
  for (const ModuleView& module : modules) {
    for (const TestView& test : module.tests) {
      if (test.status == Status::infra_error)
        return "the grader failed in " + module.id + ", test '" + test.name + "': " + test.message;
    }
  }
  if (!complete) return "the grader was stopped before it had finished";
  return modules.empty() ? "no module was graded" : "";
}

double ResultView::seconds() const {
  double sum = 0;
  for (const ModuleView& module : modules) {
    for (const TestView& test : module.tests) sum += test.seconds;
  }
  return sum;
}

ResultView parse_result(const json& object) {
  try {
    return result_view(object);
  } catch (const json::exception& error) {
    throw UsageError(std::string("the result does not follow its schema: ") + error.what());
  }
}

json read_result_json(const fs::path& file) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  std::string twice;
  const auto watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  try {
    json result = json::parse(read_text(file), watch);
    if (!twice.empty())
      throw UsageError(file.generic_string() + ": the key '" + clean_text(twice, 50) +
                       "' stands twice in one object");
    return result;
  } catch (const json::exception& error) {
    throw UsageError(file.generic_string() + " is no JSON: " + clean_text(error.what(), 300));
  }
}

ResultView read_result(const fs::path& file) {
  try {
    return parse_result(read_result_json(file));
  } catch (const UsageError& error) {
    const std::string words = error.what();
    const std::string name = file.generic_string();
    throw UsageError(words.find(name) == words.npos ? name + ": " + words : words);
  }
}

std::string blame_words(const ModuleView& module) {
  if (!module.blame) return {};
  const auto& [culprit, method, confidence] = *module.blame;
  const std::string sure = confidence == "certain" ? "" : confidence + ": ";
  if (method == "environment") return sure + "the machine is to blame, not the submission";
  if (method == "interaction") return sure + "only several modules together fail";
  if (culprit == module.id) return sure + "the cause is in this module itself";
  return sure + "the cause is in the earlier module " + culprit;
}

std::vector<std::string> not_taken(const ResultView& result) {
  constexpr std::size_t most = 10;
  std::vector<std::string> lines;
  for (const RejectedView& entry : result.rejected) {
    if (lines.size() < most) lines.push_back(entry.path + ": " + entry.reason);
  }
  const std::size_t all = result.rejected.size() + static_cast<std::size_t>(result.rejected_more);
  if (all > lines.size()) lines.push_back("and " + std::to_string(all - lines.size()) + " more");
  return lines;
}

std::string flag_words(const FlagView& flag) {
  const std::string line = flag.line > 0 ? ":" + std::to_string(flag.line) : "";
  return flag.severity + ": " + flag.file + line + "  " + flag.code + "  " + flag.text;
}

}  // namespace grader
