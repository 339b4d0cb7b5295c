#include "progress.hpp"

#include <optional>

#include "files.hpp"
#include "misconceptions.hpp"
#include "sync.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
constexpr std::size_t message_limit = 4 << 10;
constexpr std::size_t log_limit = 16 << 10;

json test_json(const TestResult& result) {
  json test = {{"name", result.test.name},
               {"suite", result.test.suite},
               {"blank", result.test.blank},
               {"kind", result.test.kind},
               {"status", to_string(result.status)},
               {"points", result.earned},
               {"max_points", result.test.points},
               {"stretch", result.test.stretch},
               {"message", clean_text(result.message, message_limit)},
               {"seconds", result.seconds}};
  if (!result.todo_blank.empty()) test["reached_blank"] = result.todo_blank;
  if (result.isolated) test["isolated"] = to_string(*result.isolated);
  if (!result.case_seed.empty()) test["case_seed"] = result.case_seed;
  if (!result.frames.empty()) {
    test["frames"] = json::array();
    for (const Frame& frame : result.frames) {
      test["frames"].push_back(
          {{"function", frame.function}, {"file", frame.file}, {"line", frame.line}});
    }
  }
  return test;
}

/// What the first failing blank's failures say of its author's thought, if they say anything.
std::string misconception_in(const Course& course, const ModuleResult& result) {
  const std::vector<Misconception> known = read_misconceptions(course.root);
  for (const Blank& blank : course.module(result.id).blanks) {
    const std::string sentence = misconception_of(known, result.tests, blank.id);
    if (!sentence.empty()) return sentence;
  }
  return "";
}

json module_json(const Course& course, const ModuleResult& result) {
  json tests = json::array();
  for (const TestResult& test : result.tests) tests.push_back(test_json(test));
  json module = {{"id", result.id},
                 {"status", to_string(result.status())},
                 {"score", result.score},
                 {"max_score", result.max_score},
                 {"stretch_score", result.stretch_score},
                 {"stretch_max", result.stretch_max},
                 {"tests", std::move(tests)}};
  if (result.blame) {
    module["blame"] = {{"module", result.blame->module},
                       {"method", result.blame->method},
                       {"confidence", result.blame->confidence}};
  }
  if (const std::string sentence = misconception_in(course, result); !sentence.empty())
    module["misconception"] = sentence;
  if (!result.compile_log.empty())
    module["compile_log"] = clean_text(result.compile_log, log_limit);
  return module;
}

json totals_json(const std::vector<ModuleResult>& results) {
  int score = 0, max_score = 0, passed = 0, failed = 0, todo = 0, other = 0;
  int stretch_score = 0, stretch_max = 0;
  for (const ModuleResult& module : results) {
    score += module.score;
    max_score += module.max_score;
    stretch_score += module.stretch_score;
    stretch_max += module.stretch_max;
    for (const TestResult& test : module.tests) {
      int& count = test.status == Status::pass   ? passed
                   : test.status == Status::fail ? failed
                   : test.status == Status::todo ? todo
                                                 : other;
      ++count;
    }
  }
  return {{"score", score},
          {"max_score", max_score},
          {"stretch_score", stretch_score},
          {"stretch_max", stretch_max},
          {"passed", passed},
          {"failed", failed},
          {"todo", todo},
          {"other", other}};
}

bool is_done(const std::vector<ModuleResult>& results, const Module& module, const Blank& blank) {
  for (const ModuleResult& result : results) {
    if (result.id != module.id) continue;
    for (const TestResult& test : result.tests) {
      if (test.test.blank == blank.id && test.status != Status::pass) return false;
    }
  }
  return true;
}

bool was_run(const std::vector<ModuleResult>& results, const Module& module) {
  for (const ModuleResult& result : results) {
    if (result.id == module.id) return true;
  }
  return false;
}

}  // namespace

std::optional<NextBlank> next_blank(const Course& course, const std::vector<ModuleResult>& results,
                                    const fs::path& tree) {
  for (const bool stretch : {false, true}) {  // challenges come after everything that is graded
    for (const Module* module : course.available()) {
      if (!was_run(results, *module)) continue;
      for (const Blank& blank : module->blanks) {
        if (blank.stretch != stretch || is_done(results, *module, blank)) continue;
        const fs::path folder = tree / "modules" / module->id;
        const BlankPlace place = find_blank_place(folder, blank.id);
        const fs::path file = place.file.empty() ? folder / module->header : place.file;
        return NextBlank{blank.id, blank.function, file.lexically_relative(tree).generic_string(),
                         place.line};
      }
    }
  }
  return std::nullopt;
}

json progress_json(const Course& course, const std::vector<ModuleResult>& results,
                   const fs::path& tree) {
  json modules = json::array();
  for (const ModuleResult& result : results) modules.push_back(module_json(course, result));
  json next = nullptr;
  if (const auto blank = next_blank(course, results, tree)) {
    next = {{"blank", blank->blank},
            {"function", blank->function},
            {"file", blank->file},
            {"line", blank->line}};
  }
  return {{"schema", "tinytorch.progress/1"},
          {"modules", std::move(modules)},
          {"totals", totals_json(results)},
          {"next", std::move(next)}};
}

}  // namespace grader
