#include "test_screen.hpp"

#include <algorithm>

#include "failure_screen.hpp"
#include "misconceptions.hpp"
#include "sync.hpp"

namespace tito {
using grader::Module;
using grader::ModuleResult;
using grader::Status;
using grader::TestResult;
namespace {

std::string state_word(const Screen& screen, BlankState state) {
  switch (state) {
    case BlankState::pass: return screen.good("pass");
    case BlankState::fail: return screen.bad("FAIL");
    case BlankState::uncompiled: return screen.bad("----");
    case BlankState::todo: break;
  }
  return screen.faint("todo");
}

std::string remark(const BlankReport& blank) {
  const std::string stretch = blank.stretch ? "   stretch" : "";
  switch (blank.state) {
    case BlankState::pass: return count_of(blank.tests, "test") + stretch;
    case BlankState::fail:
      return std::to_string(blank.failed) + " of " + count_of(blank.tests, "test") +
             (blank.failed == 1 ? " fails" : " fail") + stretch;
    case BlankState::uncompiled: return "its tests do not compile" + stretch;
    case BlankState::todo: break;
  }
  return (blank.waits_for.empty() ? "" : "its tests need " + blank.waits_for) + stretch;
}

void show_blank(const Context& context, const BlankReport& blank) {
  context.screen.line("  " + state_word(context.screen, blank.state) + "  " + pad(blank.id, 7) +
                      pad(blank.function, 26) + remark(blank));
}

/// Every blank that was written; of those that were not, the first and how many follow.
void show_blanks(const Context& context, const ModuleReport& report) {
  int waiting = 0;
  for (const BlankReport& blank : report.blanks) {
    const bool plain_todo = blank.state == BlankState::todo && blank.waits_for.empty();
    if (plain_todo && ++waiting > 1) continue;
    show_blank(context, blank);
  }
  if (waiting > 1) {
    const std::string others = "and " + std::to_string(waiting - 1) + " more todo";
    context.screen.line("        " + context.screen.faint(others));
  }
  if (report.module_tests == 0) return;
  if (report.module_failed > 0) {
    context.screen.line("  " + context.screen.bad("FAIL") + "  " + pad("whole", 7) +
                        pad("the module as a whole", 26) + std::to_string(report.module_failed) +
                        " of " + count_of(report.module_tests, "test") + " fail");
  } else if (report.core_passed) {
    context.screen.line("  " + context.screen.good("pass") + "  " + pad("whole", 7) +
                        pad("the module as a whole", 26) + count_of(report.module_tests, "test"));
  }
}

/// Failures in the order in which they should be mended: blank by blank, then the module as a
/// whole.
std::vector<const TestResult*> failures_of(const Module& module, const ModuleResult& result) {
  std::vector<const TestResult*> failures;
  const auto collect = [&](const std::string& blank) {
    for (const TestResult& test : result.tests) {
      const bool compiled =
          test.status != Status::compile_error;  // shown once, as the compiler's error
      if (test.test.blank == blank && compiled && is_failure(test)) failures.push_back(&test);
    }
  };
  for (const grader::Blank& blank : module.blanks) collect(blank.id);
  collect("");
  return failures;
}

void show_others(const Context& context, const std::vector<const TestResult*>& failures) {
  constexpr std::size_t limit = 8;
  if (failures.size() < 2) return;
  context.screen.line("Also failing");
  for (std::size_t i = 1; i < std::min(failures.size(), limit + 1); ++i) {
    show_failure_line(context, *failures[i]);
  }
  if (failures.size() > limit + 1) {
    context.screen.line("  and " + std::to_string(failures.size() - limit - 1) + " more");
  }
  context.screen.line();
}

void show_done(const Context& context, const Module& module, const ModuleReport& report) {
  std::string words = context.screen.good(module.id + " is done.");
  if (!module.milestone.empty()) words += "   " + context.say("milestone run " + module.milestone);
  context.screen.line(words);
  if (const BlankReport* stretch = report.next()) {
    context.screen.line("  stretch left: " + stretch->id + " " + stretch->function);
  }
  for (const Module* other : context.course.available()) {
    if (other->number() == module.number() + 1) {
      context.screen.line("  next module: " + context.say("show " + other->id.substr(0, 2)));
    }
  }
}

/// A blank whose todo(...) call still stands is just not written; it does not wait for another.
ModuleReport report_on_tree(const Context& context, const Module& module,
                            const ModuleResult& result) {
  ModuleReport report = report_of(module, result);
  for (BlankReport& blank : report.blanks) {
    if (blank.waits_for.empty()) continue;
    const auto place = grader::find_blank_place(context.course.student_dir(module), blank.id);
    if (!place.written) blank.waits_for.clear();
  }
  return report;
}

}  // namespace

std::string reference_verdict(const ModuleReport& report, const ModuleResult& result) {
  if (report.core_passed) return "the reference passes";
  const bool all_pass = !result.tests.empty() &&
                        std::all_of(result.tests.begin(), result.tests.end(), [](const auto& test) {
                          return test.status == Status::pass || test.status == Status::skipped;
                        });
  return all_pass ? "what was tested of the reference passes" : "the reference does not pass";
}

void show_module(const Context& context, const Module& module, const ModuleResult& result,
                 bool solution, const LookCloser& closer) {
  const Screen& screen = context.screen;
  const ModuleReport report = report_on_tree(context, module, result);
  if (!result.compile_errors.empty()) {
    show_compile_error(context, module, result);
    screen.line();
  }
  const bool something_ran =
      std::any_of(result.tests.begin(), result.tests.end(), [](const TestResult& test) {
        return test.status != Status::compile_error && test.status != Status::link_error;
      });
  if (something_ran) {
    screen.split(screen.strong(module.id), std::to_string(report.core_done()) + " of " +
                                               count_of(report.core_blanks(), "blank") + "     " +
                                               std::to_string(report.score) + " of " +
                                               count_of(report.max_score, "point"));
    show_blanks(context, report);
    screen.line();
  }
  const auto failures = failures_of(module, result);
  if (!failures.empty()) {
    const TestResult& first = *failures.front();
    show_failure(context, closer ? closer(first) : first,
                 misconception_of(grader::read_misconceptions(context.course.root), result.tests,
                                  first.test.blank));
    screen.line();
    show_others(context, failures);
  }
  if (solution) {
    screen.line(reference_verdict(report, result));
  } else if (report.core_passed) {
    show_done(context, module, report);
  } else if (failures.empty() && result.compile_errors.empty()) {
    if (report.next() == nullptr) screen.line("What was tested passes.   " + context.say("next"));
    show_next(context, module, report);
  }
  screen.line(screen.faint(seconds_text(result.compile_seconds + result.run_seconds)));
}

void show_next(const Context& context, const Module& module, const ModuleReport& report) {
  const BlankReport* next = report.next();
  if (next == nullptr) return;
  context.screen.line("next   " + context.screen.strong(next->id + "  " + next->function) + "   " +
                      blank_place(context, module, next->id));
  context.screen.line("       " + context.say("explain " + next->id) + "     " +
                      context.say("hint " + next->id));
}

std::string blank_place(const Context& context, const Module& module, const std::string& blank_id) {
  const grader::BlankPlace place =
      grader::find_blank_place(context.course.student_dir(module), blank_id);
  if (place.file.empty()) return context.shown(context.course.student_dir(module));
  return context.shown(place.file) + ":" + std::to_string(place.line);
}

}  // namespace tito
