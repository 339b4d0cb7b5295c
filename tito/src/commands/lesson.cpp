// tito show NN: the lesson. tito explain 01.3: what it says about one blank. tito explain 04 --plot: a picture.
#include "lesson.hpp"

#include "commands.hpp"
#include "files.hpp"
#include "pictures.hpp"
#include "programs.hpp"

namespace tito {
namespace {

std::string read_lesson(const Context& context, const grader::Module& module) {
  const std::filesystem::path file = context.course.student_dir(module) / "README.md";
  if (module.planned)
    throw grader::UsageError("module " + module.id + " is planned, not there yet");
  if (!std::filesystem::exists(file))
    throw grader::UsageError(context.shown(file) + ": the lesson is not there");
  return grader::read_text(file);
}

/// A milestone's own story, tests/milestones/01_perceptron/README.md, is a lesson as well.
std::string read_milestone_story(const Context& context, const grader::Milestone& milestone) {
  const auto file = context.course.root / "tests" / "milestones" / milestone.folder / "README.md";
  if (!std::filesystem::exists(file))
    throw grader::UsageError(context.shown(file) + ": is not there");
  return grader::read_text(file);
}

int run_show(const Context& context, const std::string& what) {
  for (const grader::Milestone& milestone : context.course.milestones) {
    if (milestone.id != what) continue;
    show_long(context, fill_prose(read_milestone_story(context, milestone), screen_width));
    return exit_ok;
  }
  show_long(context, fill_prose(read_lesson(context, context.course.module(what)), screen_width));
  return exit_ok;
}

int run_explain(const Context& context, const std::string& what) {
  if (what.find('.') == what.npos) return run_show(context, what);
  const grader::Module& module = context.course.module_of_blank(what);
  const std::string section = lesson_section(read_lesson(context, module), what);
  if (section.empty()) {
    context.screen.line("The lesson has no section about " + what + ".   " +
                        context.say("show " + module.id.substr(0, 2)));
    return exit_fell_short;
  }
  show_long(context, fill_prose(section, screen_width));
  return exit_ok;
}

/// The module's own program, which draws what the code does.
int run_plot(const Context& context, const std::string& what, bool solution) {
  const grader::Module& module = what.find('.') == what.npos ? context.course.module(what)
                                                             : context.course.module_of_blank(what);
  if (picture_source(context.course, module).empty()) {
    throw grader::UsageError("tests/pictures/" + module.id + ".cpp: module " +
                             module.id.substr(0, 2) + " has nothing to plot");
  }
  return draw_picture(context, module, solution, false).drawn ? exit_ok : exit_fell_short;
}

struct ExplainOptions {
  std::string what;
  bool plot = false, solution = false;
};

}  // namespace

void add_lesson(const Command& tito, Context& context) {
  auto options = std::make_shared<ExplainOptions>();
  const Command explain = tito.add("explain", "what the lesson says about a blank");
  explain.required_word("blank", options->what, "such as 01.3, or a module");
  explain.flag("--plot", options->plot,
               "draw what the module's code computes, where it has a picture");
  explain.flag("--solution", options->solution,
               "with --plot: the reference's instead of your code's");
  explain.action([&context, options] {
    if (options->solution && !options->plot)
      throw grader::UsageError("--solution: goes with --plot");
    context.exit_code = options->plot ? run_plot(context, options->what, options->solution)
                                      : run_explain(context, options->what);
  });
  auto what = std::make_shared<std::string>();
  const Command show = tito.add("show", "the lesson of a module");
  show.required_word("module", *what, "such as 01 or tensor, or a milestone: M1");
  show.action([&context, what] { context.exit_code = run_show(context, *what); });
}

}  // namespace tito
