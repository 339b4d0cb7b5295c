// grader / export / class_summary.hpp: the results of a class, counted once for all its reports.
//
// A student is `marked`, or has no mark for a reason that somebody must look at: the grader failed
// (no_mark), or there is no result at all (missing). Neither is a zero, in no report.
#pragma once
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "export/result_view.hpp"

namespace grader {

/// Who should have handed something in: a row of a CSV with a column `id`, the same as the name of
/// the submission. The other columns are optional and are Canvas's.
struct RosterEntry {
  std::string id, name, canvas_id, sis_user_id, sis_login_id, section;
};
/// Throws UsageError for a file without that column, or an id that stands there twice.
std::vector<RosterEntry> read_roster(const std::filesystem::path&);

/// What the batch knows of one submission: a result, or why there is none.
struct StudentResult {
  std::string id;
  std::optional<ResultView> result;
  std::string error;
};
/// One for each ID.json of a folder, sorted; a file that cannot be read becomes an error.
std::vector<StudentResult> read_results(const std::filesystem::path& folder);

struct ClassStudent {
  enum class State { marked, no_mark, missing };
  RosterEntry person;
  bool on_roster = true;  // also true if there is no roster
  State state = State::missing;
  std::string note;  // why there is no mark
  std::optional<ResultView> result;
};

struct ClassModule {
  std::string id;
  int max_score = 0;
  double mean = 0;  // of the marked students
  int full = 0, zero = 0;
};

struct ClassBlank {
  std::string id, module;
  int failed = 0;    // students with a test of it that was tried and did not pass
  int todo = 0;      // students who did not write it or hand it in, and failed nothing of it
  std::string test;  // the test of it that fails most often
};

/// Of text and number, the most frequent first.
struct ClassCount {
  std::string text;
  int students = 0;
};

struct ClassSummary {
  int max_score = 0;
  std::vector<ClassStudent> students;  // by id
  std::vector<ClassModule> modules;    // in order
  std::vector<ClassBlank> blanks;      // most failed first; those that somebody failed or left out
  std::vector<ClassCount> misconceptions;
  std::vector<std::vector<std::string>> twins;  // ids whose submissions are the same to the byte
  std::vector<std::pair<std::string, double>> slowest;  // id, seconds of all tests; at most 10

  int count(ClassStudent::State) const;
};

/// Results out of another number of points than most have are no marks: they are of another version
/// of the course, or of other modules. Throws UsageError for two results of one student.
ClassSummary summarize(std::vector<StudentResult>, const std::vector<RosterEntry>* roster);

/// grader/schema/class.schema.json, "tinytorch.class/1".
nlohmann::json summary_json(const ClassSummary&);
/// The columns of Canvas's grade book. No mark: an empty cell.
std::string grades_csv(const ClassSummary&, const std::string& assignment);
/// One page without scripts.
std::string summary_html(const ClassSummary&);

/// summary.json, grades.csv and summary.html in `folder`.
void write_class_summary(const std::filesystem::path& folder, const ClassSummary&,
                         const std::string& assignment = "TinyTorch");

}  // namespace grader
