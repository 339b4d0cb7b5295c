// grader / regions.hpp: solution sources with marked blanks, and the forms made from them.
//
// One source, solutions/NN_name/*.hpp, holds regions
//     // TODO(01.2): ...          (any number of TODO / HINT lines)
//     // HINT: ...
//     // BEGIN SOLUTION 01.2
//     ...
//     // END SOLUTION 01.2
// Interface:  parse_regions finds them; skeleton_text, probe_text and replace_region make the other forms.
// Not here:   reading and writing trees of files (sync.hpp).
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "course.hpp"

namespace grader {

struct Region {
  std::string id;                  // "01.2"
  std::string indent;              // white space before the BEGIN marker
  int begin_line = 0;              // 1-based line of the BEGIN marker
  int end_line = 0;                // 1-based line of the END marker
  int todo_line = 0;               // 1-based line of its TODO comment, 0 if there is none
  std::vector<std::string> lines;  // the region's own lines, markers left out
};

/// A marker that is nested, unterminated, empty, duplicate, or of another module: "file:line: what".
struct RegionError : UsageError {
  using UsageError::UsageError;
};

/// The regions of one file in order. `file` is only used in messages.
std::vector<Region> parse_regions(const std::string& text, const std::filesystem::path& file);

/// What a student gets: each region becomes `todo("01.2", "row_major_strides");`.
std::string skeleton_text(const std::string& solution, const Module& module,
                          const std::filesystem::path& file);

/// The solution, with `if (switched_off("01.2")) todo("01.2", "...");` before each region; same number of lines.
std::string probe_text(const std::string& solution, const Module& module,
                       const std::filesystem::path& file);

/// The solution with the body of one region replaced (mutants).
std::string replace_region(const std::string& solution, const std::string& id,
                           const std::string& body, const std::filesystem::path& file);

}  // namespace grader
