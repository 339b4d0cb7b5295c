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
  if (!std::filesystem::exists(source)) throw grader::UsageError(options.file + ": there is no such file");
  const auto program = build_program(context, source, options.solution, options.profile, source.stem().string());
  if (program.empty()) return exit_fell_short;
  std::vector<std::string> arguments = {program.string()};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  const int code = run_here(arguments);
  if (code > 128) context.screen.line(options.file + " was ended by signal " + std::to_string(code - 128));
  return code == 0 ? exit_ok : exit_fell_short;
}

}  // namespace

void add_run(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("run", "build and run a program of your own on your framework");
  command->add_option("file", options->file, "a .cpp file with a main")->required();
  command->add_flag("--solution", options->solution, "on the reference instead of your code");
  command->add_option("--profile", options->profile, "plain, asan, double, asan-double or release");
  command->add_option("arguments", options->arguments, "what follows -- is handed to the program");
  command->callback([&context, options] { context.exit_code = run_file(context, *options); });
}

}  // namespace tito
