// grader / plagiarism.hpp: submissions prepared for JPlag, Dolos and MOSS. Nothing is compared or
// sent anywhere here: that is for a person to decide.
//
//   OUT/03_autograd/submissions/s1f0c9a2e/03_autograd.hpp   what one student wrote (own_code.hpp)
//   OUT/03_autograd/known/reference/03_autograd.hpp         the published solution, likewise
//   OUT/03_autograd/info.csv                                both, as Dolos lists them
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "course.hpp"

namespace grader {

struct PlagiarismOptions {
  std::filesystem::path submissions;  // a folder or an archive for each student, as for a batch
  std::filesystem::path out;
  std::filesystem::path mapping;  // pseudonym,id; empty: OUT.mapping.csv beside OUT
  std::string modules;            // "03"; empty: all
};

struct PlagiarismExport {
  std::vector<std::string> modules;
  int students = 0;                   // of whom something was exported
  std::vector<std::string> left_out;  // "eve: 03_autograd: nothing was written"
  std::filesystem::path mapping;
};

/// Throws UsageError if OUT holds an export of such a module, or the mapping lies in OUT. A mapping
/// that is there already is kept and added to: a student keeps the pseudonym.
PlagiarismExport export_for_plagiarism(const Course&, const PlagiarismOptions&);

}  // namespace grader
