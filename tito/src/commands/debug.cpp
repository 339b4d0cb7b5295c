// tito debug ID: gdb at the place where a test of this blank crashed.
#include "commands.hpp"
#include "files.hpp"
#include "process.hpp"
#include "programs.hpp"
#include "testing.hpp"

namespace tito {
namespace {

bool stops_by_itself(grader::Status status) {
  return status == grader::Status::crash || status == grader::Status::timeout ||
         status == grader::Status::sanitizer;
}

int run_debug(const Context& context, const std::string& id) {
  const grader::Module& module = context.course.module_of_blank(id);
  if (grader::find_program("gdb").empty())
    throw grader::UsageError("gdb is not installed; on Debian and Ubuntu: apt-get install gdb");
  TestRequest request;
  request.only = [id](const grader::TestCase& test) { return test.blank == id; };
  for (const grader::TestResult& result : test_module(context, module, request).tests) {
    if (!stops_by_itself(result.status)) continue;
    context.screen.line("'" + result.test.name + "' in gdb. bt: the calls; up: to the caller; " +
                        "print NAME; quit.");
    if (result.status == grader::Status::timeout)
      context.screen.line("It does not end by itself: press Ctrl-C, then bt.");
    std::vector<std::string> arguments = {"gdb", "-q", "-ex", "run", "-ex", "bt 12", "--args"};
    for (const std::string& argument : case_arguments(result.program, result.test))
      arguments.push_back(argument);
    return run_here(arguments) == 0 ? exit_ok : exit_fell_short;
  }
  context.screen.line("No test of " + id + " crashes or hangs.   " + context.say("test " + id));
  return exit_ok;
}

}  // namespace

void add_debug(const Command& tito, Context& context) {
  auto id = std::make_shared<std::string>();
  const Command command = tito.add("debug", "gdb where a test of a blank crashed");
  command.required_word("blank", *id, "such as 01.7");
  command.action([&context, id] { context.exit_code = run_debug(context, *id); });
}

}  // namespace tito
