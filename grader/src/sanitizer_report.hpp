// grader / sanitizer_report.hpp: what AddressSanitizer, LeakSanitizer and UBSan wrote, in one
// sentence and frames.
#pragma once
#include <string>
#include <vector>

#include "runner.hpp"

namespace grader {

struct SanitizerReport {
  bool found = false;
  bool leak = false;           // LeakSanitizer: memory that nobody freed
  bool out_of_memory = false;  // it refused an allocation, or the memory limit was reached
  bool cannot_look_for_leaks =
      false;                  // LeakSanitizer does not work here (a debugger, a restricted machine)
  std::string sentence;       // "heap-buffer-overflow: reads 4 bytes just past a block of 96 bytes"
  std::vector<Frame> frames;  // of the first stack, with file and line, innermost first
};

SanitizerReport parse_sanitizer_report(const std::string& log);

/// What the program itself wrote before the first report.
std::string without_sanitizer_report(const std::string& log);

}  // namespace grader
