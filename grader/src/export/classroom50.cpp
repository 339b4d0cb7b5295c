#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "export/writers.hpp"

namespace grader {
namespace {

using nlohmann::json;

std::string variable(const char* name, const char* otherwise = nullptr) {
  const char* value = std::getenv(name);
  if ((value == nullptr || *value == '\0') && otherwise != nullptr) value = std::getenv(otherwise);
  if (value == nullptr || *value == '\0') {
    throw UsageError(std::string("classroom50: expects the variable ") + name +
                     " of its runner, got nothing\n"
                     "  hint: CLASSROOM ASSIGNMENT SUBMISSION_TAG COMMIT_URL RELEASE_URL must be "
                     "set; REVIEW_URL may be");
  }
  return value;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace

Classroom50 Classroom50::from_environment() {
  return {variable("CLASSROOM"),
          variable("ASSIGNMENT"),
          variable("SUBMISSION_TAG"),
          variable("COMMIT_URL"),
          variable("RELEASE_URL"),
          variable("REVIEW_URL", "COMMIT_URL"),
          now_utc()};
}

json classroom50_json(const ResultView& result, const Classroom50& place) {
  if (const std::string reason = result.no_mark(); !reason.empty())
    throw InfrastructureError("classroom50: no result is written: " + reason);
  json tests = json::array();
  for (const ModuleView& module :
       result.modules) {  // modules, so that the rows add up to the score
    tests.push_back({{"test-name", module.id},
                     {"passed", module.score == module.max_score},
                     {"score", module.score},
                     {"max-score", module.max_score}});
  }
  return {{"schema", "classroom50/result/v1"},
          {"classroom", place.classroom},
          {"assignment", place.assignment},
          {"submission", place.submission},
          {"commit", place.commit},
          {"release", place.release},
          {"review", place.review},
          {"datetime", place.datetime},
          {"score", result.score},
          {"max-score", result.max_score},
          {"tests", std::move(tests)}};
}

}  // namespace grader
