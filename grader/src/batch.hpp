// grader / batch.hpp: a folder of submissions, each graded by a process of its own.
//
// A submission that crashes its grader, hangs or fills the disk costs itself. What is done is done:
// OUT/results/ID.json of the same submission by the same grader (fingerprint.hpp) is kept, so a
// batch that was killed goes on where it was, without a journal that could be wrong.
// Not here: more than one machine. There, `grader run` is the command for an engine that exists
// (docs/engines.md).
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "course.hpp"
#include "grade.hpp"

namespace grader {

struct BatchOptions {
  std::filesystem::path folder;  // of submissions: folders or archives, named by student
  std::filesystem::path out;     // results/ID.json go here
  std::filesystem::path grader;  // the program to run
  std::filesystem::path key;     // of official marks; empty: none
  int jobs = 1;
  double seconds = 900;  // that one submission may take
  GradeOptions grade;
  std::function<void(int done, int total, const std::string& words)> on_progress;
};

struct BatchEntry {
  std::string id;
  std::filesystem::path submission;
};

struct BatchCount {
  int graded = 0, kept = 0, failed = 0;  // failed: no result, for whatever reason
};

/// What is in the folder, by id: a name without .zip, .tar or .tar.gz. Throws UsageError if two
/// have one id, or a name is unfit to be one.
std::vector<BatchEntry> find_submissions(const std::filesystem::path& folder);

/// Grades all that has no valid result yet. A failure of the grader is tried once more.
BatchCount run_batch(const Course&, const BatchOptions&);

}  // namespace grader
