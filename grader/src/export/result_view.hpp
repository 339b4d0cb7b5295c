// grader / export / result_view.hpp: the native result (grader/schema/progress.schema.json) as C++
// values, read once for all writers.
//
// Every string in it is valid UTF-8 without control characters and capped: a writer only has to
// escape what its own format gives a meaning to (escape.hpp).
#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "runner.hpp"

namespace grader {

struct TestView {
  std::string name, suite, blank, kind;
  Status status = Status::not_run;
  int points = 0, max_points = 0;
  bool stretch = false;
  std::string message;
  double seconds = 0;
  std::string evidence, case_seed, misconception;  // empty if the result does not say
  std::optional<Status> isolated;
};

struct BlameView {
  std::string module, method, confidence;
};

struct ModuleView {
  std::string id;
  Status status = Status::not_run;
  int score = 0, max_score = 0, stretch_score = 0, stretch_max = 0;
  std::optional<int> isolated_score, integration_score;
  std::optional<BlameView> blame;
  std::vector<TestView> tests;
};

struct FlagView {
  std::string code, severity, file, text;
  int line = 0;
};

struct RejectedView {
  std::string path, reason;
};

struct ResultView {
  std::string policy, sandbox_level, sandbox_detail;  // empty if the result does not say
  std::string hash, id;
  std::vector<RejectedView> rejected;
  int rejected_more = 0;  // and so many more, not listed
  std::vector<FlagView> flags;
  std::vector<ModuleView> modules;
  int score = 0, max_score = 0, stretch_score = 0, stretch_max = 0;
  std::string problem;
  bool complete = false;

  /// Why the points are no mark: the grader failed, or had not finished. Empty if they are one.
  /// Whoever passes a result on asks this first, so that a failure of ours never becomes a zero.
  std::string no_mark() const;
  double seconds() const;  // of all tests together
};

/// Throws UsageError that names the field.
ResultView parse_result(const nlohmann::json&);

/// Reads a file; errors name it. A key that stands twice in an object is refused: readers differ
/// in which of the two they believe.
nlohmann::json read_result_json(const std::filesystem::path&);
ResultView read_result(const std::filesystem::path&);

/// "likely: the cause is in the earlier module 01_tensor"; empty without blame.
std::string blame_words(const ModuleView&);
/// "modules/01_tensor/x.gch: is no header of the course", at most ten, and how many more there are.
std::vector<std::string> not_taken(const ResultView&);
/// "tensor.hpp:12  macro_redefines_trusted_name  #define REQUIRE"
std::string flag_words(const FlagView&);

}  // namespace grader
