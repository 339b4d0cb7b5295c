// tito diff BLANK: your answer and the reference, once yours passes.
#include "commands.hpp"
#include "files.hpp"
#include "student_region.hpp"
#include "sync.hpp"
#include "testing.hpp"

namespace tito {
namespace {

bool tests_pass(const Context& context, const grader::Module& module, const std::string& id) {
  TestRequest request;
  request.only = [&id](const grader::TestCase& test) { return test.blank == id; };
  const grader::ModuleResult result = test_module(context, module, request);
  for (const grader::TestResult& test : result.tests) {
    if (test.status != grader::Status::pass) return false;
  }
  return !result.tests.empty();
}

void show_lines(const Screen& screen, const std::string& title,
                const std::vector<std::string>& lines) {
  screen.line(screen.strong(title));
  for (const std::string& line : lines) screen.line(line);
  screen.line();
}

int run_diff(const Context& context, const std::string& id, bool force) {
  const grader::Module& module = context.course.module_of_blank(id);
  if (!force && !tests_pass(context, module, id)) {
    context.screen.line("The tests of " + id +
                        " do not pass yet: the reference is shown when they do.");
    context.screen.line("  " + context.say("test " + id) + "     " + context.say("hint " + id) +
                        "     or --force");
    return exit_fell_short;
  }
  for (const grader::SolutionSource& source : read_solution(context.course, module)) {
    for (const grader::Region& region : source.regions) {
      if (region.id != id) continue;
      const std::filesystem::path file = context.course.student_dir(module) / source.name;
      const auto skeleton =
          grader::split_lines(grader::skeleton_text(source.text, module, source.shown));
      const auto mine = grader::split_lines(grader::read_text(file));
      const LineRange answer = find_answer(skeleton, mine, id);
      const auto begin = mine.begin();
      show_lines(context.screen,
                 "yours       " + context.shown(file) + ":" + std::to_string(answer.first + 1),
                 {begin + static_cast<std::ptrdiff_t>(answer.first),
                  begin + static_cast<std::ptrdiff_t>(answer.last)});
      show_lines(context.screen,
                 "reference   " + source.shown.generic_string() + ":" +
                     std::to_string(region.begin_line + 1),
                 region.lines);
      return exit_ok;
    }
  }
  throw grader::UsageError("solutions/" + module.id + " has no region " + id +
                           "; tito dev check says what is wrong");
}

}  // namespace

void add_diff(const Command& tito, Context& context) {
  auto id = std::make_shared<std::string>();
  auto force = std::make_shared<bool>(false);
  const Command command = tito.add("diff", "your answer and the reference, once yours passes");
  command.required_word("blank", *id, "such as 01.3");
  command.flag("--force", *force, "even if its tests do not pass");
  command.action([&context, id, force] { context.exit_code = run_diff(context, *id, *force); });
}

}  // namespace tito
