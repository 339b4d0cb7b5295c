// grader: marks submissions. Its commands are in commands/.
// Exit codes: 0 all requested passed, 1 the submission fell short, 2 usage, 3 infrastructure.
#include <iostream>

#include "commands/commands.hpp"
#include "commands/result_commands.hpp"
#include "course.hpp"

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

}  // namespace grader

int main(int argc, char** argv) {
  using namespace grader;
  CLI::App app("Marks submissions of the TinyTorch course.", "grader");
  app.require_subcommand(1);
  int exit_code = 0;
  grader::add_run(app, exit_code);
  grader::add_batch(app, exit_code);
  grader::add_box(app, exit_code);
  grader::add_result_commands(app, exit_code);
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const grader::UsageError& error) {
    std::cerr << "grader: " << error.what() << "\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "grader: " << error.what() << "\n";
    return 3;
  }
}
