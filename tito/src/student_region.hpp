// tito / student_region.hpp: which lines of a student's file answer a blank?
//
// The student replaced `todo("01.3", ...);` by code of any length, may have deleted the comments
// above it, and wrote other blanks as well. So the skeleton is aligned with the file, line by line;
// what lies between the lines around the todo(...) call is the answer.
#pragma once
#include <string>
#include <vector>

namespace tito {

struct LineRange {
  std::size_t first = 0, last = 0;  // [first, last), counted from 0
};

/// Lines of `mine` that stand where `skeleton` has its call todo("id", ...). Throws UsageError if
/// the skeleton has none.
LineRange find_answer(const std::vector<std::string>& skeleton,
                      const std::vector<std::string>& mine, const std::string& blank_id);

/// `mine` with this one blank as the skeleton has it, todo(...) call and comments, and all else
/// kept.
std::string with_blank_reset(const std::string& skeleton, const std::string& mine,
                             const std::string& blank_id);

}  // namespace tito
