#include "commands/result_commands.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands/commands.hpp"

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

void add_plagiarism_export(CLI::App& app, int& exit_code) {
  struct Words {
    std::string submissions, out, mapping, modules, course;
  };
  const auto words = std::make_shared<Words>();
  CLI::App* command = app.add_subcommand(
      "plagiarism-export", "Prepare submissions for JPlag, Dolos and MOSS; nothing is sent");
  command->add_option("--submissions", words->submissions, "Folder with a folder or an archive for each")
      ->required();
  command->add_option("--out", words->out, "Folder to write")->required();
  command->add_option("--module,--modules", words->modules, "Such as 03 (default: all)");
  command->add_option("--mapping", words->mapping, "Who is who (default: OUT.mapping.csv)");
  command->add_option("--course", words->course, "The repository (default: the one around here)");
  command->callback([words, &exit_code] {
    const Course course = Course::load(find_course(words->course));
    exit_code = run_plagiarism_export(
        course, {words->submissions, words->out, words->mapping, words->modules});
  });
}

void add_summary(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<SummaryOptions>();
  CLI::App* command = app.add_subcommand("summary", "Report on the results of a class");
  command
      ->add_option("--results", options->results, "Folder with a result ID.json for each student")
      ->required();
  command->add_option("--roster", options->roster, "CSV with a column id: who should have a mark");
  command->add_option("--out", options->out, "Folder for summary.json, grades.csv, summary.html")
      ->required();
  command->add_option("--assignment", options->assignment, "Its name in Canvas (TinyTorch)");
  command->callback([options, &exit_code] { exit_code = run_summary(*options); });
}

}  // namespace

void add_result_commands(CLI::App& app, int& exit_code) {
  add_export(app, exit_code);
  add_key_command(app, exit_code, "sign", "Sign results", run_sign);
  add_key_command(app, exit_code, "verify", "Say which results are as they were signed",
                  run_verify);
  add_plagiarism_export(app, exit_code);
  add_summary(app, exit_code);
}

}  // namespace grader
