// grader / export / writers.hpp: one native result in the formats of others; a file for each.
//
// A result that is no mark (ResultView::no_mark) never becomes a zero: each writer says what it
// does instead. Not here: many results of a class together (class_summary.hpp).
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "export/result_view.hpp"

namespace grader {

/// What JUnit's readers have in common (grader/schema/junit.xsd). No mark: an <error>.
std::string junit_xml(const ResultView&);

/// Gradescope's results.json. No mark: no score, so that Gradescope reports a failed autograder.
nlohmann::json gradescope_json(const ResultView&);

/// What Classroom 50's runner tells an autograder, and wants back.
struct Classroom50 {
  std::string classroom, assignment, submission, commit, release, review, datetime;

  /// From the environment of its runner; throws UsageError that names what is missing.
  static Classroom50 from_environment();
};

/// Its result.json, a row for each module. No mark: throws InfrastructureError, because there a
/// file is a mark and the exit code says that there is none.
nlohmann::json classroom50_json(const ResultView&, const Classroom50&);

/// A row for each result, by its name. No mark: empty cells and a note.
std::string results_csv(const std::vector<std::pair<std::string, ResultView>>&);

/// For GITHUB_STEP_SUMMARY and pages that read GitHub's Markdown.
std::string markdown_report(const ResultView&);

/// One page without scripts.
std::string html_report(const ResultView&);

/// The report in a few plain lines: score, modules that fall short, blame, what was not taken.
std::string plain_report(const ResultView&);

}  // namespace grader
