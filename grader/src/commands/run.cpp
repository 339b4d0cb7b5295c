// grader run: one submission, from its folder to its marks.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>

#include "commands/commands.hpp"
#include "compiler_answers.hpp"
#include "export/escape.hpp"
#include "grade.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

void print_module(const ModuleResult& module) {
  const auto count = [&](Status status) {
    return std::count_if(module.tests.begin(), module.tests.end(),
                         [&](const auto& t) { return t.status == status; });
  };
  std::printf("%-16s %-14s %4d of %4d points   %3d of %3d tests", module.id.c_str(),
              to_string(module.status()).c_str(), module.score, module.max_score,
              static_cast<int>(count(Status::pass)), static_cast<int>(module.tests.size()));
  if (const auto todo = count(Status::todo); todo > 0)
    std::printf(", %d todo", static_cast<int>(todo));
  std::printf("\n");
  const auto first = std::find_if(
      module.tests.begin(), module.tests.end(),
      [](const TestResult& t) { return t.status != Status::pass && t.status != Status::todo; });
  if (first != module.tests.end()) {
    std::printf("    %s: %s\n", to_string(first->status).c_str(), first->test.name.c_str());
    const std::string words = first->message.substr(0, first->message.find('\n'));
    std::printf("    %s\n", without_workflow_commands(words.substr(0, 200)).c_str());
  }
  std::fflush(stdout);
}

void print_summary(const Grade& grade) {
  int score = 0, max_score = 0, stretch = 0, stretch_max = 0;
  for (const ModuleResult& module : grade.modules) {
    score += module.score;
    max_score += module.max_score;
    stretch += module.stretch_score;
    stretch_max += module.stretch_max;
  }
  std::printf("score            %d of %d", score, max_score);
  if (stretch_max > 0) std::printf("     stretch %d of %d", stretch, stretch_max);
  std::printf("\n");
  if (grade.next) {
    std::printf("next             %s  %s  %s:%d\n", grade.next->blank.c_str(),
                grade.next->function.c_str(), grade.next->file.c_str(), grade.next->line);
  }
  if (!grade.problem.empty()) std::fprintf(stderr, "grader: %s\n", grade.problem.c_str());
}

struct RunOptions {
  GradeOptions grade;
  std::string submission, json, course, policy = "formative";
  fs::path key;
};

int run(RunOptions& options) {
  const Course course = Course::load(find_course(options.course));
  keep_compiler_answers(course.root / "build" / "cache" / "compilers");
  GradeOptions& grade_options = options.grade;
  grade_options.submission = options.submission;
  grade_options.json = options.json;
  grade_options.official = options.policy == "official";
  grade_options.on_module = print_module;
  if (!options.key.empty()) {
    grade_options.signing_key = read_key(options.key);
    grade_options.key = grade_options.signing_key->bytes;
  }
  if (grade_options.official) {
    const Module& first = *course.available().front();
    grade_options.sandbox = Sandbox::strongest(course.solution_dir(first) / first.header);
    std::printf("sandbox          %s (%s)\n", to_string(grade_options.sandbox.level()).c_str(),
                grade_options.sandbox.detail().c_str());
  }
  const Grade result = grade(course, grade_options);
  print_summary(result);
  return result.exit_code();
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<RunOptions>();
  SessionOptions& session = options->grade.session;
  session.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand("run", "Mark one submission");
  command->add_option("--submission", options->submission, "Folder, .zip, .tar or .tar.gz with modules/NN_name/*.hpp")
      ->required();
  command->add_option("--modules", options->grade.modules,
                      "Such as 01-03 or 02 (default: all that are there)");
  command
      ->add_option("--policy", options->policy,
                   "formative: the suites, with their messages; official: marks from "
                   "observations, in a sandbox")
      ->check(CLI::IsMember({"formative", "official"}));
  command
      ->add_option("--key", options->key,
                   "Official: the instructor's key; without it seeds are public")
      ->check(CLI::ExistingFile);
  command->add_option("--case-seconds", options->grade.case_seconds,
                      "Official: how long one case may take (default: 8)")
      ->check(CLI::Range(0.1, 600.0));
  command->add_option("--suite", session.suites, "Formative: pedagogy, regression (default: both)")
      ->delimiter(',')
      ->check(CLI::IsMember({"pedagogy", "regression"}));
  command->add_option("--json", options->json, "Write the result here, after every module");
  command->add_option("--jobs", session.jobs, "Compiles and tests at a time")
      ->check(CLI::Range(1, 256));
  command->add_option("--compiler", session.compiler,
                      "g++ or clang++ (default: clang++ where it works)");
  command->add_option("--course", options->course, "The repository (default: the one around here)");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace grader
