// grader / intake.hpp: takes from a submission what belongs to the student, and nothing else.
//
// A submission is a folder or an archive (.zip, .tar, .tar.gz) with modules/NN_name in it, at its
// top or below one folder. Only the headers that solutions/NN_name has are taken, by name. Each must
// be a regular file of at most 1 MB; links are not followed, so that nothing outside can be read
// through one. All the rest is listed with the reason.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "course.hpp"

namespace grader {

/// An entry that was not taken; a folder that holds nothing of the student's is one, and ends in /.
struct Rejected {
  std::string path;  // fit for a report
  std::string reason;
};

struct Submission {
  std::filesystem::path tree;  // the copy: tree/modules/NN_name/*.hpp
  std::string hash;            // of all that was taken: equal for a folder and an archive of it
  /// By module id: why a module cannot be graded, one sentence; modules without an entry are
  /// complete.
  std::map<std::string, std::string> problems;
  std::vector<Rejected> rejected;  // the first 100
  std::size_t rejected_more = 0;   // and so many more
};

/// Copies into `parent`/HASH, made anew; the same submission always gets the same folder. Throws
/// UsageError if `source` is no folder and no file, or a folder without modules/.
Submission take_submission(const Course&, const std::filesystem::path& source,
                           const std::filesystem::path& parent);

}  // namespace grader
