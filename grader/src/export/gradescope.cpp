#include <nlohmann/json.hpp>

#include "export/writers.hpp"

namespace grader {
namespace {

using nlohmann::json;

json test_json(const ModuleView& module, const TestView& test, std::size_t number) {
  const std::string module_number = std::to_string(std::stoi(module.id));
  json out = {{"name", module.id + ": " + test.name},
              {"name_format", "text"},
              {"number", module_number + "." + std::to_string(number)},
              {"status", test.status == Status::pass ? "passed" : "failed"},
              {"output_format", "text"},
              {"tags", json::array({module.id, to_string(test.status)})}};
  if (test.stretch) {
    out["tags"].push_back("stretch");  // shown without a score: its points are counted apart
  } else {
    out["score"] = test.points;
    out["max_score"] = test.max_points;
  }
  if (test.status != Status::pass) {
    out["output"] = to_string(test.status) + ": " + test.message +
                    (test.case_seed.empty() ? "" : "\ncase " + test.case_seed);
  }
  return out;
}

/// For the instructor only: Gradescope stores it and shows it to nobody.
json extra_data(const ResultView& result) {
  json flags = json::array();
  for (const FlagView& flag : result.flags) flags.push_back(flag_words(flag));
  return {{"policy", result.policy},
          {"sandbox", result.sandbox_level},
          {"submission_hash", result.hash},
          {"flags", std::move(flags)}};
}

}  // namespace

json gradescope_json(const ResultView& result) {
  json out = {{"output", plain_report(result)},
              {"output_format", "text"},
              {"extra_data", extra_data(result)}};
  if (!result.no_mark().empty()) return out;
  out["score"] = result.score;
  out["tests"] = json::array();
  for (const ModuleView& module : result.modules) {
    for (std::size_t i = 0; i < module.tests.size(); ++i)
      out["tests"].push_back(test_json(module, module.tests[i], i + 1));
  }
  return out;
}

}  // namespace grader
