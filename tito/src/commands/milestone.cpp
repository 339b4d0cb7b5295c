// tito milestone list|run: programs that replay history on the student's own code.
#include <iostream>

#include "commands.hpp"
#include "json_output.hpp"
#include "milestone_run.hpp"
#include "milestones.hpp"
#include "programs.hpp"
#include "testing.hpp"

namespace tito {
namespace {

const grader::Milestone& find_milestone(const Context& context, const std::string& name) {
  std::string names;
  for (const grader::Milestone& milestone : context.course.milestones) {
    if (milestone.id == name || milestone.slug == name) return milestone;
    names += (names.empty() ? "" : ", ") + milestone.id + " " + milestone.slug;
  }
  throw grader::UsageError("no milestone '" + name + "'; there are " + names);
}

std::vector<ModuleReport> needed_reports(const Context& context,
                                         const grader::Milestone& milestone) {
  std::vector<ModuleReport> reports;
  for (const std::string& need : milestone.needs) {
    const grader::Module& module = context.course.module(need);
    if (!module.planned) reports.push_back(current_report(context, module));
  }
  return reports;
}

/// nullptr: it is the id of something else.
const grader::Blank* find_blank(const grader::Course& course, const std::string& id) {
  for (const grader::Module& module : course.modules) {
    if (const grader::Blank* blank = module.find_blank(id)) return blank;
  }
  return nullptr;
}

void show_locked(const Context& context, const grader::Milestone& milestone,
                 const std::vector<std::string>& missing) {
  context.screen.line(context.screen.strong(milestone.id + "  " + milestone.title) +
                      "   is locked: it runs on your code");
  for (const std::string& id : missing) {
    if (const grader::Blank* blank = find_blank(context.course, id)) {
      context.screen.line("  " + pad(id, 16) + pad(blank->function, 16) +
                          context.say("test " + id));
      continue;
    }
    const grader::Module& module = context.course.module(id);
    if (module.planned) {
      context.screen.line("  " + pad(id, 16) + "is not there yet");
      continue;
    }
    const ModuleReport report = current_report(context, module);
    context.screen.line("  " + pad(id, 16) + std::to_string(report.core_done()) + " of " +
                        count_of(report.core_blanks(), "blank") + "     " +
                        context.say("test " + id.substr(0, 2)));
  }
  context.screen.line("To see it on the reference: " +
                      context.say("milestone run " + milestone.id + " --solution"));
}

int run_list(const Context& context) {
  std::vector<ModuleReport> reports;
  for (const grader::Module* module : context.course.available())
    reports.push_back(current_report(context, *module));
  for (const MilestoneLine& line : milestone_lines(context, reports))
    context.screen.line(line.text);
  return exit_ok;
}

int run_one(const Context& context, const std::string& name, bool solution, bool json) {
  const grader::Milestone& milestone = find_milestone(context, name);
  if (!solution) {
    const auto missing = locked_by(milestone, needed_reports(context, milestone));
    if (!missing.empty()) {
      if (json) {
        std::cout << locked_text(milestone, missing);
      } else {
        show_locked(context, milestone, missing);
      }
      return exit_fell_short;
    }
  }
  const MilestoneOutcome outcome = run_milestone(context, milestone, solution, json);
  if (!outcome.built) return exit_fell_short;
  if (outcome.cannot_run || outcome.skipped) {  // what was reached before stays
    std::cerr << outcome.output;
    return exit_machine;
  }
  if (json) std::cout << outcome.json;
  if (!solution) {
    State state = State::load(state_file(context));
    state.milestones[milestone.id] = {outcome.passed, today(), outcome.summary};
    state.save(state_file(context));
  }
  return outcome.passed ? exit_ok : exit_fell_short;
}

/// The milestone of the same time whose network others trained: M4b for M4.
std::string pretrained_of(const Context& context, const std::string& name) {
  const std::string id = find_milestone(context, name).id;
  std::string others;
  for (const grader::Milestone& milestone : context.course.milestones) {
    if (milestone.id == id + "b") return milestone.id;
    if (milestone.id.ends_with('b')) others += (others.empty() ? "" : " and ") + milestone.id;
  }
  throw grader::UsageError(id + " has no pretrained network; there is one behind " + others);
}

}  // namespace

void add_milestone(const Command& tito, Context& context) {
  const Command command = tito.add("milestone", "history replayed on your own code");
  command.needs_subcommand();
  command.add("list", "all of them: locked, ready or passed").action([&context] {
    context.exit_code = run_list(context);
  });
  auto name = std::make_shared<std::string>();
  auto solution = std::make_shared<bool>(false);
  auto json = std::make_shared<bool>(false);
  auto pretrained = std::make_shared<bool>(false);
  const Command run = command.add("run", "build one with -O3 and run it");
  run.required_word("milestone", *name, "such as M1");
  run.flag("--solution", *solution, "on the reference instead of your code");
  run.flag("--json", *json, "only its result, for programs");
  run.flag("--pretrained", *pretrained, "its pretrained network: M5 --pretrained is M5b");
  run.action([&context, name, solution, json, pretrained] {
    const std::string id = *pretrained ? pretrained_of(context, *name) : *name;
    context.exit_code = run_one(context, id, *solution, *json);
  });
}

}  // namespace tito
