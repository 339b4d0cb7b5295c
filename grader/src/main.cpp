// grader: marks one submission.
//
//   grader run --submission DIR [--modules 01-03] [--suite pedagogy,regression] [--json OUT]
// Exit codes: 0 all requested passed, 1 the submission fell short, 2 usage, 3 infrastructure.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "commands/result_commands.hpp"
#include "grade.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// The nearest folder above `start` that holds modules/course.json, or nothing.
fs::path course_above(fs::path start) {
  for (start = fs::absolute(start).lexically_normal();; start = start.parent_path()) {
    if (fs::exists(start / "modules" / "course.json") && fs::exists(start / "solutions"))
      return start;
    if (start == start.parent_path()) return {};
  }
}

}  // namespace

fs::path find_course(const std::string& told) {
  if (!told.empty()) return fs::absolute(told).lexically_normal();
  for (const fs::path& start :
       {fs::current_path(), fs::read_symlink("/proc/self/exe").parent_path()}) {
    if (const fs::path root = course_above(start); !root.empty()) return root;
  }
  throw UsageError("cannot find the course here or above; say where it is with --course");
}

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
    std::printf("    %s\n", words.substr(0, 200).c_str());
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

int run(const GradeOptions& options, const std::string& course_root) {
  const Course course = Course::load(find_course(course_root));
  GradeOptions with_output = options;
  with_output.on_module = print_module;
  const Grade result = grade(course, with_output);
  print_summary(result);
  return result.exit_code();
}

}  // namespace
}  // namespace grader

int main(int argc, char** argv) {
  using namespace grader;
  CLI::App app("Marks submissions of the TinyTorch course.", "grader");
  app.require_subcommand(1);
  GradeOptions options;
  options.session.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  std::string submission, json, course;
  CLI::App* run_command = app.add_subcommand("run", "Mark one submission");
  run_command->add_option("--submission", submission, "Folder with modules/NN_name/*.hpp")
      ->required();
  run_command->add_option("--modules", options.modules,
                          "Such as 01-03 or 02 (default: all that are there)");
  run_command->add_option("--suite", options.session.suites, "pedagogy, regression (default: both)")
      ->delimiter(',')
      ->check(CLI::IsMember({"pedagogy", "regression"}));
  run_command->add_option("--json", json, "Write the result here, after every module");
  run_command->add_option("--jobs", options.session.jobs, "Compiles and tests at a time")
      ->check(CLI::Range(1, 256));
  run_command->add_option("--compiler", options.session.compiler,
                          "g++ or clang++ (default: clang++ where it works)");
  run_command->add_option("--course", course, "The repository (default: the one around here)");
  int exit_code = 0;
  add_result_commands(app, exit_code);
  run_command->callback([&] {
    options.submission = submission;
    options.json = json;
    exit_code = run(options, course);
  });
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const UsageError& error) {
    std::cerr << "grader: " << error.what() << "\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "grader: " << error.what() << "\n";
    return 3;
  }
}
