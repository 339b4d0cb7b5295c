#include "report.hpp"

#include <algorithm>

namespace tito {
using grader::Status;
using grader::TestResult;
namespace {

BlankReport empty_report(const grader::Blank& blank) {
  BlankReport report;
  report.id = blank.id;
  report.function = blank.function;
  report.stretch = blank.stretch;
  return report;
}

BlankReport blank_report(const grader::Blank& blank, const std::vector<TestResult>& results) {
  BlankReport report = empty_report(blank);
  int passed = 0, uncompiled = 0;
  bool unwritten = false;
  for (const TestResult& result : results) {
    if (result.test.blank != blank.id) continue;
    ++report.tests;
    if (result.status == Status::pass) ++passed;
    if (result.status == Status::compile_error || result.status == Status::link_error) ++uncompiled;
    if (result.status == Status::todo && result.todo_blank == blank.id) unwritten = true;
    if (result.status == Status::todo && report.waits_for.empty())
      report.waits_for = result.todo_blank;
    if (is_failure(result)) ++report.failed;
  }
  if (unwritten) report.waits_for.clear();
  if (uncompiled == report.tests && uncompiled > 0) {
    report.state = BlankState::uncompiled;
  } else if (unwritten) {
    report.state = BlankState::todo;
  } else if (report.failed > 0) {
    report.state = BlankState::fail;
  } else if (report.tests > 0 && passed == report.tests) {
    report.state = BlankState::pass;
  }
  return report;
}

}  // namespace

bool is_failure(const TestResult& result) {
  return result.status != Status::pass && result.status != Status::todo &&
         result.status != Status::skipped && result.status != Status::not_run;
}

int ModuleReport::core_blanks() const {
  return static_cast<int>(
      std::count_if(blanks.begin(), blanks.end(), [](const auto& b) { return !b.stretch; }));
}

int ModuleReport::core_done() const {
  return static_cast<int>(std::count_if(blanks.begin(), blanks.end(), [](const auto& b) {
    return !b.stretch && b.state == BlankState::pass;
  }));
}

const BlankReport* ModuleReport::next() const {
  for (const bool stretch : {false, true}) {
    for (const BlankReport& blank : blanks) {
      if (blank.stretch == stretch && blank.state != BlankState::pass) return &blank;
    }
  }
  return nullptr;
}

ModuleReport report_of(const grader::Module& module, const grader::ModuleResult& result) {
  ModuleReport report;
  report.id = module.id;
  report.score = result.score;
  report.max_score = result.max_score;
  bool all_there = true;  // a run may have been of a part only
  for (const grader::Blank& blank : module.blanks) {
    BlankReport one = blank_report(blank, result.tests);
    all_there = all_there && (one.tests > 0 || blank.stretch);
    if (one.tests > 0) report.blanks.push_back(std::move(one));
  }
  report.core_passed = all_there && !result.tests.empty();
  for (const TestResult& test : result.tests) {
    if (test.test.blank.empty()) {
      ++report.module_tests;
      if (is_failure(test)) ++report.module_failed;
    }
    if (!test.test.stretch && test.status != Status::pass && test.status != Status::skipped) {
      report.core_passed = false;
    }
  }
  return report;
}

ModuleReport untouched_report(const grader::Module& module) {
  ModuleReport report;
  report.id = module.id;
  report.max_score = module.max_points();
  for (const grader::Blank& blank : module.blanks) report.blanks.push_back(empty_report(blank));
  return report;
}

}  // namespace tito
