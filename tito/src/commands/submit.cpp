// tito submit [FILE]: the archive to hand in, and what is in it.
#include "commands.hpp"
#include "submission.hpp"
#include "testing.hpp"

namespace tito {
namespace {

int run_submit(const Context& context, const std::string& name) {
  const std::filesystem::path archive =
      std::filesystem::absolute(name.empty() ? "submission.tar.gz" : name);
  write_submission(context.course, archive);
  int files = 0;
  for (const grader::Module* module : context.course.available()) {
    const bool untouched =
        is_untouched(context.course, *module, context.course.student_dir(*module));
    int headers = 0;
    for (const auto& file : submitted_files(context.course)) {
      headers += file.parent_path().filename() == module->id ? 1 : 0;
    }
    files += headers;
    context.screen.line("  " + pad(module->id, 18) + pad(count_of(headers, "header"), 12) +
                        (untouched ? "as it was given" : "yours"));
  }
  context.screen.line(context.shown(archive) + "   " + count_of(files, "file") +
                      ", nothing but the headers in modules/");
  context.screen.line("It says nothing of whether they pass: " + context.say("status"));
  return exit_ok;
}

}  // namespace

void add_submit(const Command& tito, Context& context) {
  auto file = std::make_shared<std::string>();
  const Command command = tito.add("submit", "the archive to hand in: your headers, nothing else");
  command.word("file", *file, "where to; submission.tar.gz if left out");
  command.action([&context, file] { context.exit_code = run_submit(context, *file); });
}

}  // namespace tito
