// tito run FILE.cpp: a program of one's own, on the student's or the reference framework.
#include "commands.hpp"
#include "programs.hpp"

namespace tito {
namespace {

struct Options {
  std::string file, profile = "plain";
  std::vector<std::string> arguments;
  bool solution = false;
};

int run_file(const Context& context, const Options& options) {
  const std::filesystem::path source = std::filesystem::absolute(options.file);
  if (!std::filesystem::exists(source))
    throw grader::UsageError(options.file + ": there is no such file");
  const auto program =
      build_program(context, source, options.solution, options.profile, source.stem().string());
  if (program.empty()) return exit_fell_short;
  std::vector<std::string> arguments = {program.string()};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  const int code = run_here(arguments);
  if (code > 128)
    context.screen.line(options.file + " was ended by signal " + std::to_string(code - 128));
  return code == 0 ? exit_ok : exit_fell_short;
}

}  // namespace

void add_run(const Command& tito, Context& context) {
  auto options = std::make_shared<Options>();
  const Command command = tito.add("run", "build and run a program of your own on your framework");
  command.required_word("file", options->file, "a .cpp file with a main");
  command.flag("--solution", options->solution, "on the reference instead of your code");
  command.option("--profile", options->profile, "plain, asan, double, asan-double or release");
  command.words("arguments", options->arguments, "what follows -- is handed to the program");
  command.action([&context, options] { context.exit_code = run_file(context, *options); });
}

}  // namespace tito
