// tito status, tito next: how far this student is, from what the tests prove now.
#include <iostream>

#include "commands.hpp"
#include "json_output.hpp"
#include "milestones.hpp"
#include "test_screen.hpp"
#include "testing.hpp"

namespace tito {
namespace {

std::vector<ModuleReport> all_reports(const Context& context) {
  std::vector<ModuleReport> reports;
  for (const grader::Module* module : context.course.available())
    reports.push_back(current_report(context, *module));
  return reports;
}

/// The first module with a core blank left, otherwise the first with anything left.
const ModuleReport* first_open(const std::vector<ModuleReport>& reports) {
  for (const ModuleReport& report : reports) {
    if (!report.core_passed) return &report;
  }
  for (const ModuleReport& report : reports) {
    if (report.next() != nullptr) return &report;
  }
  return nullptr;
}

std::string remark(const ModuleReport& report) {
  const BlankReport* next = report.next();
  if (next == nullptr) {
    return report.core_passed
               ? ""
               : std::to_string(report.module_failed) + " tests of the whole module fail";
  }
  const std::string name = next->id + " " + next->function;
  if (report.core_passed) return "stretch left: " + name;
  switch (next->state) {
    case BlankState::fail: return "fails: " + name;
    case BlankState::uncompiled: return "does not compile";
    default: return "next: " + name;
  }
}

void show_reports(const Context& context, const std::vector<ModuleReport>& reports) {
  const Screen& screen = context.screen;
  int done = 0, blanks = 0, score = 0, points = 0, planned = 0;
  for (const ModuleReport& report : reports) {
    done += report.core_done();
    blanks += report.core_blanks();
    score += report.score;
    points += report.max_score;
  }
  screen.split(screen.strong(context.course.name),
               std::to_string(done) + " of " + count_of(blanks, "blank") + "     " +
                   std::to_string(score) + " of " + count_of(points, "point"));
  for (const ModuleReport& report : reports) {
    const grader::Module& module = context.course.module(report.id);
    const std::string count =
        std::to_string(report.core_done()) + "/" + std::to_string(report.core_blanks());
    const std::string progress = bar(report.core_done(), report.core_blanks(), 12);
    screen.line("  " + report.id.substr(0, 2) + " " + pad(module.slug, 14) +
                pad(report.core_passed ? screen.good(progress) : progress, 14) + pad(count, 8) +
                remark(report));
  }
  for (const grader::Module& module : context.course.modules) planned += module.planned ? 1 : 0;
  if (planned > 0) screen.line("  " + screen.faint(count_of(planned, "module") + " more planned"));
  for (const MilestoneLine& milestone : milestone_lines(context, reports))
    screen.line("  " + milestone.text);
}

int run_status(const Context& context, bool json) {
  if (json) {
    std::vector<grader::ModuleResult> results;
    for (const grader::Module* module : context.course.available())
      results.push_back(test_module(context, *module, {}));
    std::cout << progress_text(context, results);
    return exit_ok;
  }
  const auto reports = all_reports(context);
  show_reports(context, reports);
  if (const ModuleReport* open = first_open(reports)) {
    context.screen.line();
    show_next(context, context.course.module(open->id), *open);
  }
  return exit_ok;
}

int run_next(const Context& context) {
  for (const grader::Module* module : context.course.available()) {
    const ModuleReport report = current_report(context, *module);
    if (report.core_passed) continue;
    show_next(context, *module, report);
    return exit_ok;
  }
  context.screen.line("All modules that are there are done.   " + context.say("status"));
  return exit_ok;
}

}  // namespace

void add_status(const Command& tito, Context& context) {
  auto json = std::make_shared<bool>(false);
  const Command command = tito.add("status", "how far you are, module by module");
  command.flag("--json", *json, "for programs, as grader/schema describes");
  command.action([&context, json] { context.exit_code = run_status(context, *json); });
}

void add_next(const Command& tito, Context& context) {
  const Command command = tito.add("next", "the blank to write next, and where it is");
  command.action([&context] { context.exit_code = run_next(context); });
}

}  // namespace tito
