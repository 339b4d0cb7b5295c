// tito reset MODULE [--blank ID]: the skeleton again, after a backup.
#include <unistd.h>

#include <iostream>

#include "commands.hpp"
#include "files.hpp"
#include "programs.hpp"
#include "skeleton_guard.hpp"
#include "student_region.hpp"
#include "sync.hpp"
#include "testing.hpp"

namespace tito {
namespace {

bool agreed(const Context& context, const std::string& question) {
  if (context.yes) return true;
  if (isatty(STDIN_FILENO) == 0) {
    throw grader::UsageError(question + " Nobody is there to answer: run it again with --yes");
  }
  std::cout << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

void reset_blank(const Context& context, const grader::Module& module, const std::string& id) {
  for (const grader::GeneratedFile& file : skeletons(context.course, module)) {
    if (file.text.find("todo(\"" + id + "\"") == std::string::npos) continue;
    const std::filesystem::path mine = context.course.student_dir(module) / file.name;
    const std::string text = std::filesystem::exists(mine) ? grader::read_text(mine) : file.text;
    grader::write_if_changed(mine, with_blank_reset(file.text, text, id));
  }
}

int run_reset(const Context& context, const std::string& name, const std::string& blank_id) {
  const grader::Module& module = context.course.module(name);
  if (module.planned)
    throw grader::UsageError("module " + module.id + " is planned, not there yet");
  if (!blank_id.empty() && module.find_blank(blank_id) == nullptr) {
    throw grader::UsageError(module.id + " has no blank " + blank_id);
  }
  if (is_untouched(context.course, module, context.course.student_dir(module))) {
    context.screen.line(module.id + " is as it was given: nothing to reset.");
    return exit_ok;
  }
  const std::string what = blank_id.empty() ? "all of " + module.id : blank_id;
  if (!agreed(context, "Put " + what + " back to the skeleton? Your files are copied first.")) {
    context.screen.line("Nothing was changed.");
    return exit_fell_short;
  }
  const std::filesystem::path backup = new_backup_folder(context);
  back_up_module(context.course, module, backup);
  if (blank_id.empty()) {
    write_skeletons(context.course, module, context.course.student_dir(module));
  } else {
    reset_blank(context, module, blank_id);
  }
  context.screen.line(
      what + " is as it was given. Your files: " + context.shown(backup / "modules" / module.id));
  return exit_ok;
}

}  // namespace

void add_reset(const Command& tito, Context& context) {
  auto module = std::make_shared<std::string>();
  auto blank = std::make_shared<std::string>();
  const Command command = tito.add("reset", "a module, or one blank of it, as it was given");
  command.required_word("module", *module, "such as 01 or tensor");
  command.option("--blank", *blank, "only this one, such as 01.3");
  command.action(
      [&context, module, blank] { context.exit_code = run_reset(context, *module, *blank); });
}

}  // namespace tito
