// tito hint BLANK: from a nudge to nearly the answer, one level at each call.
#include <algorithm>

#include "commands.hpp"
#include "milestones.hpp"
#include "state.hpp"
#include "sync.hpp"

namespace tito {
namespace {

/// The first blank whose todo(...) call still stands: good enough a guess without running a test.
const grader::Blank& first_unwritten(const Context& context) {
  for (const grader::Module* module : context.course.available()) {
    for (const grader::Blank& blank : module->blanks) {
      const auto place = grader::find_blank_place(context.course.student_dir(*module), blank.id);
      if (!place.written && !blank.stretch) return blank;
    }
  }
  throw grader::UsageError("every blank has code in it; name the one you mean: tito hint 01.3");
}

int run_hint(const Context& context, const std::string& id, bool all) {
  const grader::Blank& blank =
      id.empty() ? first_unwritten(context) : *context.course.module_of_blank(id).find_blank(id);
  const Screen& screen = context.screen;
  const int count = static_cast<int>(blank.hints.size());
  if (count == 0) {
    screen.line(blank.id + "  " + blank.function + " has no hints.   " +
                context.say("explain " + blank.id));
    return exit_ok;
  }
  State state = State::load(state_file(context));
  int& shown = state.hints_shown[blank.id];
  const int last = all ? count : std::min(shown + 1, count);
  const int first = all ? 1 : last;
  for (int level = first; level <= last; ++level) {
    screen.split(screen.strong(blank.id + "  " + blank.function),
                 "hint " + std::to_string(level) + " of " + std::to_string(count));
    screen.line();
    screen.paragraph(blank.hints[static_cast<std::size_t>(level - 1)], "  ");
    screen.line();
  }
  shown = std::clamp(std::max(shown, last), 0, count);
  state.save(state_file(context));
  if (last < count) {
    screen.line("  the next hint: " + context.say("hint " + blank.id));
  } else {
    screen.line("  that was the last one; the lesson says more: " +
                context.say("explain " + blank.id));
  }
  return exit_ok;
}

}  // namespace

void add_hint(const Command& tito, Context& context) {
  auto id = std::make_shared<std::string>();
  auto all = std::make_shared<bool>(false);
  const Command command = tito.add("hint", "a hint for a blank; again for the next one");
  command.word("blank", *id, "such as 01.3; without it, the first that is not written");
  command.flag("--all", *all, "all of them");
  command.action([&context, id, all] { context.exit_code = run_hint(context, *id, *all); });
}

}  // namespace tito
