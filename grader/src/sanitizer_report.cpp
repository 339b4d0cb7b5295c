#include "sanitizer_report.hpp"

#include <cctype>
#include <string_view>

#include "files.hpp"
#include "frames.hpp"
#include "text.hpp"

namespace grader {
namespace {

std::string_view after(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  return at == line.npos ? std::string_view{} : line.substr(at + word.size());
}

/// "    #1 0x55d in tinytorch::f(int) modules/01_tensor/views.hpp:12:5" -> f, file, 12
bool parse_frame(std::string_view line, Frame& frame) {
  line = trim(line);
  const std::string_view rest = after(line, " in ");
  const std::size_t space = rest.rfind(' ');
  if (!line.starts_with("#") || space == rest.npos) return false;
  std::string_view place = rest.substr(space + 1);
  if (place.starts_with("(")) return false;  // (library+0x12): nothing of ours
  frame.function = short_function(std::string(rest.substr(0, space)));
  std::size_t colon = place.find(':');
  if (colon == place.npos) return false;
  frame.file = tidy_path(place.substr(0, colon));
  frame.line = std::atoi(std::string(place.substr(colon + 1)).c_str());
  return frame.line > 0;
}

/// "READ of size 4 at 0x... thread T0" -> "reads 4 bytes"
std::string access_words(std::string_view line) {
  const bool reads = line.starts_with("READ of size ");
  if (!reads && !line.starts_with("WRITE of size ")) return {};
  const int size = std::atoi(std::string(after(line, "of size ")).c_str());
  return std::string(reads ? "reads " : "writes ") + std::to_string(size) +
         (size == 1 ? " byte" : " bytes");
}

/// "0x.. is located 0 bytes to the right of 96-byte region" -> " 0 bytes after a block of 96 bytes"
std::string location_words(std::string_view line) {
  const std::string_view rest = after(line, " is located ");
  const std::string_view size = after(rest, " of ");
  const auto dash = size.find("-byte region");
  if (rest.empty() || dash == size.npos) return {};
  const int distance = std::atoi(std::string(rest).c_str());
  const bool behind = rest.find("right of") != rest.npos || rest.find(" after ") != rest.npos;
  const bool inside = rest.find("inside of") != rest.npos;
  const std::string block = "a block of " + std::string(size.substr(0, dash)) + " bytes";
  if (inside) return " inside " + block;
  const std::string where = behind ? " past the end of " : " before the start of ";
  return (distance == 0 ? std::string(" just") : " " + std::to_string(distance) + " bytes") +
         where + block;
}

void read_headline(std::string_view line, SanitizerReport& report) {
  if (const auto words = after(line, "runtime error: "); !words.empty()) {
    report.found = true;
    report.sentence = "undefined behaviour: " + std::string(words);
    Frame frame;  // "modules/01_tensor/views.hpp:12:5: runtime error: ..."
    const std::size_t colon = line.find(':');
    frame.file = tidy_path(line.substr(0, colon));
    frame.line = std::atoi(std::string(line.substr(colon + 1)).c_str());
    if (frame.line > 0) report.frames.push_back(std::move(frame));
  } else if (const auto kind = after(line, "ERROR: AddressSanitizer: "); !kind.empty()) {
    report.found = true;
    report.sentence = std::string(kind.substr(0, kind.find(' ')));
    if (kind.starts_with("attempting double-free"))
      report.sentence = "double-free: memory is freed twice";
    if (kind.starts_with("requested allocation size") ||
        kind.starts_with("allocator is out of memory") || kind.starts_with("out of memory") ||
        kind.starts_with("out-of-memory")) {
      report.out_of_memory = true;
      report.sentence = "out of memory: " + std::string(kind);
    }
  } else if (line.find("hard rss limit exhausted") != line.npos) {
    report.found = report.out_of_memory = true;
    report.sentence = "out of memory: the limit of this test is reached";
  } else if (line.find("ERROR: LeakSanitizer") != line.npos) {
    report.found = report.leak = true;
    report.sentence = "memory was never freed";
  } else if (line.find("LeakSanitizer has encountered a fatal error") != line.npos) {
    report.cannot_look_for_leaks = true;
  }
}

}  // namespace

SanitizerReport parse_sanitizer_report(const std::string& log) {
  SanitizerReport report;
  bool in_first_stack = false, stack_done = false;
  for (const std::string& raw : split_lines(log)) {
    const std::string line = clean_text(raw, 1000);
    if (!report.found) {
      read_headline(line, report);
      continue;
    }
    if (line.find("LeakSanitizer has encountered a fatal error") != line.npos)
      report.cannot_look_for_leaks = true;
    if (const std::string words = access_words(line); !words.empty())
      report.sentence += ": " + words;
    report.sentence += location_words(line);
    if (report.leak && line.starts_with("SUMMARY:")) {
      report.sentence += ":" + std::string(after(line, "AddressSanitizer:"));
    }
    const bool is_frame = trim(line).starts_with("#");
    Frame frame;
    if (is_frame && !stack_done && parse_frame(line, frame))
      report.frames.push_back(std::move(frame));
    in_first_stack = in_first_stack || is_frame;
    stack_done = stack_done || (in_first_stack && !is_frame);
  }
  return report;
}

std::string without_sanitizer_report(const std::string& log) {
  std::string kept;
  for (const std::string& line : split_lines(log)) {
    const bool report = line.find(": runtime error: ") != line.npos ||
                        line.starts_with("AddressSanitizer:") || line.starts_with("=====") ||
                        (line.starts_with("==") && line.find("Sanitizer") != line.npos);
    if (report) break;
    kept += line + '\n';
  }
  return kept;
}

}  // namespace grader
