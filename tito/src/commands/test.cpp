// tito test [WHAT]: the loop of the course.
#include <iostream>

#include "commands.hpp"
#include "json_output.hpp"
#include "test_index.hpp"
#include "test_screen.hpp"
#include "testing.hpp"

namespace tito {
namespace {

struct Options {
  std::string what;
  TestRequest request;
  bool log = false, json = false;
};

/// What "02", "ops", "01.3", "matmul" or a part of a test's name asks for.
struct Choice {
  const grader::Module* module = nullptr;
  std::function<bool(const grader::TestCase&)> only;
};

bool is_blank_id(const std::string& text) { return text.size() > 3 && text[2] == '.'; }

Choice choose_by_name(const grader::Course& course, const std::string& name) {
  for (const grader::Module* module : course.available()) {
    for (const grader::Blank& blank : module->blanks) {
      if (blank.function == name)
        return {module, [id = blank.id](const auto& test) { return test.blank == id; }};
    }
  }
  for (const grader::Module* module : course.available()) {
    for (const char* suite : {"pedagogy", "regression"}) {
      for (const grader::TestCase& test : index_tests(course, *module, suite)) {
        if (test.name.find(name) == std::string::npos) continue;
        return {module,
                [name](const auto& other) { return other.name.find(name) != std::string::npos; }};
      }
    }
  }
  throw grader::UsageError("'" + name + "' is no module, blank, function or part of a test's name" +
                           "; try: tito test 01, tito test 01.3, tito test reshape");
}

Choice choose(const Context& context, const std::string& what) {
  const grader::Course& course = context.course;
  if (what.empty()) return {&current_module(context), {}};
  if (is_blank_id(what)) {
    return {&course.module_of_blank(what), [what](const auto& test) { return test.blank == what; }};
  }
  for (const grader::Module& module : course.modules) {
    const std::string number = module.id.substr(0, 2);
    if (what != module.id && what != module.slug && what != number && "0" + what != number)
      continue;
    return {course.select(what).front(), {}};
  }
  return choose_by_name(course, what);
}

/// Wrong arithmetic is best seen as it is; a crash is best seen by AddressSanitizer, which knows
/// sizes and owners.
LookCloser closer_look(const Context& context, const grader::Module& module,
                       const TestRequest& request) {
  return [&context, &module, request](const grader::TestResult& result) {
    if (result.status != grader::Status::crash || request.sanitize) return result;
    TestRequest again = request;
    again.sanitize = true;
    again.only = [name = result.test.name](const auto& test) { return test.name == name; };
    const grader::ModuleResult closer = test_module(context, module, again);
    for (const grader::TestResult& test : closer.tests) {
      if (test.test.name == result.test.name && test.status == grader::Status::sanitizer)
        return test;
    }
    return result;
  };
}

/// Of a whole module: everything that counts passes and no stretch blank is broken. Of a part: all
/// of it passes.
bool all_well(const grader::Module& module, const grader::ModuleResult& result, bool part) {
  for (const grader::TestResult& test : result.tests) {
    if (is_failure(test) || (part && test.status != grader::Status::pass)) return false;
  }
  return part ? !result.tests.empty() : report_of(module, result).core_passed;
}

int run_test(const Context& context, const Options& options) {
  const Choice choice = choose(context, options.what);
  TestRequest request = options.request;
  request.only = choice.only;
  const grader::ModuleResult result = test_module(context, *choice.module, request);
  if (options.log) {
    std::cout << (result.compile_log.empty() ? "The compiler had nothing to say.\n"
                                             : result.compile_log);
  } else if (options.json) {
    std::cout << progress_text(context, {result});
  } else {
    show_module(context, *choice.module, result, request.solution,
                closer_look(context, *choice.module, request));
  }
  return all_well(*choice.module, result, bool(choice.only)) ? exit_ok : exit_fell_short;
}

}  // namespace

int run_tests(const Context& context, const std::string& what) {
  Options options;
  options.what = what;
  return run_test(context, options);
}

void add_test(const Command& tito, Context& context) {
  auto options = std::make_shared<Options>();
  const Command command = tito.add("test", "test your code: the current module, or what you name");
  command.word("what", options->what,
               "module (02, ops), blank (02.3), function or part of a test's name");
  command.flag("--asan", options->request.sanitize,
               "under AddressSanitizer and UBSan: slower, sees more");
  command.flag("--double", options->request.everything_double, "with real = double everywhere");
  command.flag("--solution", options->request.solution, "test the reference instead of your code");
  command.option("--compiler", options->request.compiler, "g++ or clang++");
  command.flag("--log", options->log, "all that the compiler said");
  command.flag("--json", options->json, "for programs, as grader/schema describes");
  command.action([&context, options] { context.exit_code = run_test(context, *options); });
}

}  // namespace tito
