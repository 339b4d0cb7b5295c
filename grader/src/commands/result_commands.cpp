#include "commands/result_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace grader {

namespace {

void add_export(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write a result in another system's format");
  command->add_option("--from", options->from, "Result of grader run; several for csv")->required();
  command->add_option("--format", options->format, "How")
      ->required()
      ->check(CLI::IsMember({"junit", "gradescope", "classroom50", "csv", "markdown", "html"}));
  command->add_option("--out", options->out, "File to write, replaced as a whole")->required();
  command->callback([options, &exit_code] { exit_code = run_export(*options); });
}

void add_key_command(CLI::App& app, int& exit_code, const char* name, const char* about,
                     int (*action)(const SignOptions&)) {
  const auto options = std::make_shared<SignOptions>();
  CLI::App* command = app.add_subcommand(name, about);
  command->add_option("--key", options->key, "Key file of mode 0600, at least 32 bytes")
      ->required();
  command->add_option("results", options->results, "Results of grader run")->required();
  command->callback([options, action, &exit_code] { exit_code = action(*options); });
}

}  // namespace

void add_result_commands(CLI::App& app, int& exit_code) {
  add_export(app, exit_code);
  add_key_command(app, exit_code, "sign", "Sign results", run_sign);
  add_key_command(app, exit_code, "verify", "Say which results are as they were signed",
                  run_verify);
}

}  // namespace grader
