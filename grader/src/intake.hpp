// grader / intake.hpp: takes from a submission what belongs to the student, and nothing else.
//
// From DIR/modules/NN_name only the files that solutions/NN_name has, by name. Each must be a
// regular file of at most 1 MB; links are not followed, so that nothing outside DIR can be read
// through one.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "course.hpp"

namespace grader {

struct Submission {
  std::filesystem::path tree;  // the copy: tree/modules/NN_name/*.hpp
  std::string hash;            // of all that was taken
  /// By module id: why a module cannot be graded, one sentence; modules without an entry are
  /// complete.
  std::map<std::string, std::string> problems;
};

/// Copies into `parent`/HASH, made anew; the same submission always gets the same folder. Throws
/// UsageError if `folder` is no folder.
Submission take_submission(const Course&, const std::filesystem::path& folder,
                           const std::filesystem::path& parent);

}  // namespace grader
