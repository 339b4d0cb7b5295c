#include "failure_screen.hpp"

#include "sync.hpp"
#include "text.hpp"

namespace tito {
using grader::Frame;
using grader::Status;
using grader::TestResult;
namespace {

/// What is said after the test's name when the test did not simply find a wrong value.
std::string ending_of(const TestResult& result) {
  switch (result.status) {
    case Status::crash: return "crashed";
    case Status::sanitizer: return "stopped by the sanitizer";
    case Status::leak: return "passed, but left memory behind";
    case Status::timeout: return "did not finish";
    case Status::memory: return "took too much memory";
    case Status::no_assertions: return "checked nothing";
    case Status::compile_error: return "does not compile";
    case Status::link_error: return "does not link";
    case Status::infra_error: return "could not be run";
    default: return {};
  }
}

bool is_course_code(const Frame& frame) {
  return frame.file.starts_with("modules/") || frame.file.starts_with("solutions/") || frame.file.starts_with("tests/");
}

/// Innermost frame in the student's headers, and where the test called it. Given code and the library between
/// them say little.
void show_frames(const Context& context, const TestResult& result) {
  const Frame* student = nullptr;
  const Frame* test = nullptr;
  for (const Frame& frame : result.frames) {
    const bool in_test = frame.file.starts_with("tests/");
    if (!is_course_code(frame) || frame.file.starts_with("modules/support/")) continue;
    if (!in_test && student == nullptr && test == nullptr) student = &frame;
    if (in_test && test == nullptr) test = &frame;
  }
  const auto place = [](const Frame& frame) { return frame.file + ":" + std::to_string(frame.line); };
  if (student != nullptr) {
    context.screen.line("    " + context.screen.strong(place(*student)) + "   " + student->function.substr(0, 60));
  }
  if (test != nullptr) context.screen.line("    called from " + place(*test));
}

}  // namespace

std::string failure_title(const TestResult& result) {
  const std::string ending = ending_of(result);
  return ending.empty() ? result.test.name : result.test.name + ": " + ending;
}

void show_failure(const Context& context, const TestResult& result) {
  const Screen& screen = context.screen;
  const std::string label = result.test.blank.empty() ? result.test.module.substr(0, 2) : result.test.blank;
  screen.line(screen.bad(label) + "  " + screen.strong(failure_title(result)));
  screen.line();
  screen.paragraph(result.message, "    ");
  show_frames(context, result);
  std::string where = context.shown(result.test.file);
  int line = result.test.line;
  if (!result.failures.empty() && result.failures.front().line > 0) line = result.failures.front().line;
  screen.line("    test       " + where + ":" + std::to_string(line));
  if (!result.output.empty()) {
    screen.line("    it printed");
    screen.paragraph(grader::clean_text(result.output, 600), "      ");
  }
  screen.line();
  if (result.test.blank.empty()) {
    screen.line("  " + context.say("show " + label));
  } else {
    screen.line("  " + context.say("explain " + label) + "     " + context.say("hint " + label));
  }
}

void show_compile_error(const Context& context, const grader::Module& module, const grader::ModuleResult& result) {
  const Screen& screen = context.screen;
  const auto& [source, digest] = result.compile_errors.front();
  screen.line(screen.bad(module.id + " does not compile"));
  const std::string file = digest.file.empty() ? context.shown(source) : digest.file;
  screen.paragraph(file + ":" + std::to_string(digest.line) + "   " + digest.error, "  ");
  if (!digest.source_line.empty()) screen.line("       |   " + digest.source_line.substr(0, 68));
  if (!digest.explanation.empty()) screen.paragraph(digest.explanation, "  ");
  const std::string more = digest.errors > 1 ? "the first of " + std::to_string(digest.errors) + " errors" : "";
  screen.split("  " + more, "the compiler's own words: " + context.say("test " + module.id.substr(0, 2) + " --log"));
}

}  // namespace tito
