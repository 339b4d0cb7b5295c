#include "observe/verdict_cache.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "files.hpp"

namespace grader {
namespace {

using nlohmann::json;

// What may be kept, by the names that a report has for them.
constexpr std::array lasting = {Status::pass, Status::fail, Status::todo};

}  // namespace

bool recall_verdicts(const ObjectCache& cache, const std::string& key, ModuleResult& module) {
  const auto file = cache.place(key, "verdicts");
  if (!cache.has(file)) return false;
  const json kept = json::parse(read_text(file), nullptr, false);
  if (!kept.is_array() || kept.size() != module.tests.size()) return false;
  std::vector<TestResult> tests = module.tests;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (kept[i].value("name", "") != tests[i].test.name) return false;
    const std::string status = kept[i].value("status", "");
    const auto found = std::find_if(lasting.begin(), lasting.end(),
                                    [&](Status s) { return to_string(s) == status; });
    if (found == lasting.end()) return false;
    tests[i].status = *found;
    tests[i].message = kept[i].value("message", "");
    tests[i].todo_blank = kept[i].value("todo_blank", "");
    tests[i].case_seed = kept[i].value("case_seed", "");
    tests[i].assertions = kept[i].value("assertions", 0);
  }
  module.tests = std::move(tests);
  return true;
}

void keep_verdicts(const ObjectCache& cache, const std::string& key, const ModuleResult& module) {
  json kept = json::array();
  for (const TestResult& test : module.tests) {
    if (std::find(lasting.begin(), lasting.end(), test.status) == lasting.end()) return;
    kept.push_back({{"name", test.test.name},
                    {"status", to_string(test.status)},
                    {"message", test.message},
                    {"todo_blank", test.todo_blank},
                    {"case_seed", test.case_seed},
                    {"assertions", test.assertions}});
  }
  const std::string text = kept.dump(-1, ' ', false, json::error_handler_t::replace);
  cache.make(cache.place(key, "verdicts"), [&](const auto& to) {
    write_if_changed(to, text);
    return true;
  });
}

}  // namespace grader
