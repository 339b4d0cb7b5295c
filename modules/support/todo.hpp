// support / todo.hpp: what stands in a blank until you write it.
//
//   todo("01.2", "row_major_strides");   throws NotImplemented: which blank, in which file
//   switched_off("01.2")                 true when TT_OFF=01.2 is set: proves that a test guards
//   the blank todo_record()                        the first blank that was reached, so that a test
//   run can say
//                                        "not written yet" even where a test swallowed the
//                                        exception
#pragma once
#include <cstdlib>
#include <string>
#include <string_view>

#include <tinytorch/support/error.hpp>

namespace tinytorch {

struct TodoRecord {
  bool hit = false;
  std::string blank, function, file;
  int line = 0;
  void reset() { *this = TodoRecord{}; }
};

inline TodoRecord& todo_record() {
  static TodoRecord record;
  return record;
}

/// Throws NotImplemented. Replace the whole call by your own code; file and line fill themselves
/// in.
[[noreturn]] inline void todo(const char* blank, const char* function,
                              const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  TodoRecord& record = todo_record();
  if (!record.hit) record = TodoRecord{true, blank, function, file, line};
  std::string_view shown = file;
  if (const auto at = shown.find("modules/"); at != shown.npos) shown.remove_prefix(at);
  throw NotImplemented("TODO " + std::string(blank) + " (" + function +
                       ") is not written yet: open " + std::string(shown) + ", line " +
                       std::to_string(line) + "\n  hint: tito hint " + blank);
}

/// Does TT_OFF, a comma-separated list, name this blank?
inline bool switched_off(std::string_view blank) {
  static const std::string off = [] {
    const char* list = std::getenv("TT_OFF");
    return "," + std::string(list ? list : "") + ",";
  }();
  return off.find("," + std::string(blank) + ",") != std::string::npos;
}

}  // namespace tinytorch
