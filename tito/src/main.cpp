// tito: the command line of the course. What a command does is in commands/.
#include <iostream>

#include "commands/commands.hpp"
#include "compiler_answers.hpp"

namespace {

int run(int argc, char** argv) {
  tito::Context context;
  context.course = grader::Course::load(tito::find_root());
  grader::keep_compiler_answers(context.build() / "cache" / "compilers");
  context.command = tito::find_command(context.course.root);
  return tito::run_command_line(argc, argv, context);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const grader::UsageError& error) {
    std::cerr << "tito: " << error.what() << '\n';
    return tito::exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "tito: " << error.what() << '\n';
    return tito::exit_machine;
  }
}
