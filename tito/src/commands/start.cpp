// tito start, tito doctor. What comes before there is a compiled tito is in tito/toolchain.sh.
#include "commands.hpp"
#include "files.hpp"
#include "programs.hpp"
#include "test_screen.hpp"
#include "testing.hpp"

namespace tito {
namespace {

/// The launcher has checked the tools and built this program; here the course begins.
int run_start(const Context& context) {
  const Screen& screen = context.screen;
  const grader::Module& module = current_module(context);
  const grader::ModuleResult result = test_module(context, module, {});
  const ModuleReport report = report_of(module, result);
  screen.line("  " + pad("tested your " + module.id, 29) + " " +
              seconds_text(result.compile_seconds + result.run_seconds));
  screen.line();
  screen.split(
      screen.strong(module.id) + "  " + module.title,
      std::to_string(report.core_done()) + " of " + count_of(report.core_blanks(), "blank"));
  const BlankReport* next = report.next();
  if (next == nullptr || !result.compile_errors.empty()) {
    screen.line("  " + context.say("test"));
    return exit_ok;
  }
  screen.line("  next   " + screen.strong(next->id + "  " + next->function));
  screen.line("         " + blank_place(context, module, next->id));
  screen.line();
  const auto line = [&](const std::string& words, const std::string& why) {
    screen.line("  " + pad(context.say(words), 26) + why);
  };
  line("show " + module.id.substr(0, 2), "the lesson");
  line("test", "after you wrote " + next->id);
  line("hint " + next->id, "if you are stuck");
  if (context.command != "tito") {
    screen.line();
    screen.line("  export PATH=\"" + (context.course.root / "tito").string() + ":$PATH\"");
    screen.line("  then 'tito' alone will do, in any folder.");
  }
  return exit_ok;
}

}  // namespace

void add_start(const Command& tito, Context& context) {
  const Command command =
      tito.add("start", "check and set up everything, and show the first blank");
  command.action([&context] { context.exit_code = run_start(context); });
}

void add_doctor(const Command& tito, Context& context) {
  const Command command = tito.add("doctor", "which tools are there, which are missing");
  command.action([&context] {
    context.exit_code =
        run_here({"sh", (context.course.root / "tito" / "tito").string(), "doctor"});
  });
}

}  // namespace tito
