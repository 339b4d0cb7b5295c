// grader / diagnosis.hpp: a compiler's log in a few plain words.
#pragma once
#include <filesystem>
#include <string>

#include "course.hpp"

namespace grader {

struct CompileDigest {
  std::string file;  // first error, preferably in a file of the student; relative to root
  int line = 0, column = 0;
  std::string error;        // the compiler's own words for it
  std::string source_line;  // the line of source, if the log shows it
  std::string explanation;  // plain words for the common mistakes, may be empty
  int errors = 0;           // how many the log counts
};

/// `student_dir`: where the student's headers lie (first choice for the place that is shown).
CompileDigest digest_compile_log(const std::string& log, const std::filesystem::path& root,
                                 const std::filesystem::path& student_dir);

}  // namespace grader
