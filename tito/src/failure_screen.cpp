#include "failure_screen.hpp"

#include <optional>

#include "files.hpp"
#include "text.hpp"

namespace tito {
using grader::FailedAssertion;
using grader::Status;
using grader::TestResult;
namespace {

constexpr const char* indent = "    ";

/// What is said after the test's name when the test did not simply find a wrong value.
std::string ending_of(const TestResult& result) {
  switch (result.status) {
    case Status::crash: return "crashed";
    case Status::sanitizer: return "stopped by the sanitizer";
    case Status::leak: return "passed, but left memory behind";
    case Status::timeout: return "did not finish";
    case Status::memory: return "took too much memory";
    case Status::no_assertions: return "checked nothing";
    case Status::compile_error: return "does not compile";
    case Status::link_error: return "does not link";
    case Status::infra_error: return "could not be run";
    default: return {};
  }
}

/// A name in a column of its own, and what it stands for beside it.
void show_named(const Screen& screen, const std::string& name, const std::string& value) {
  std::string label = name;
  for (const std::string& line : wrap(value, screen_width - 15)) {
    screen.line(indent + pad(label, 11) + line);
    label.clear();
  }
}

/// "f(x) == 3" -> f(x) and 3. Nothing if there is any doubt about which == is meant.
std::optional<std::pair<std::string, std::string>> split_comparison(const std::string& text) {
  const auto at = text.find(" == ");
  if (at == text.npos || text.find(" == ", at + 1) != text.npos) return std::nullopt;
  return std::pair{std::string(grader::trim(text.substr(0, at))),
                   std::string(grader::trim(text.substr(at + 4)))};
}

/// CHECK( f(x) == 3 ) -> f(x) == 3
std::string inside_macro(const std::string& expression) {
  const auto open = expression.find("( "), close = expression.rfind(" )");
  if (open == expression.npos || close == expression.npos || close < open + 2) return expression;
  return expression.substr(open + 2, close - open - 2);
}

/// A failing check: what was checked, what was expected, what came, and what the test says besides.
void show_assertion(const Screen& screen, const FailedAssertion& failure) {
  const std::vector<std::string> words = grader::split_lines(failure.expansion);
  const auto values = words.empty() ? std::nullopt : split_comparison(words.front());
  const bool known =
      !failure.expression.empty() && failure.expression.find("{Unknown") == std::string::npos;
  if (known) show_named(screen, "check", inside_macro(failure.expression));
  std::size_t told = 0;
  if (values) {
    show_named(screen, "expected", values->second);
    show_named(screen, "got", values->first);
    told = 1;
  }
  for (std::size_t i = told; i < words.size(); ++i) screen.paragraph(words[i], indent);
}

}  // namespace

std::string failure_title(const TestResult& result) {
  const std::string ending = ending_of(result);
  return ending.empty() ? result.test.name : result.test.name + ": " + ending;
}

void show_failure(const Context& context, const TestResult& result,
                  const std::string& misconception) {
  const Screen& screen = context.screen;
  const std::string label =
      result.test.blank.empty() ? result.test.module.substr(0, 2) : result.test.blank;
  std::string margin = pad(label, 7);
  for (const std::string& line : wrap(failure_title(result), screen_width - 7)) {
    screen.line(screen.bad(margin) + screen.strong(line));
    margin = pad("", 7);
  }
  screen.line();
  std::string place = context.shown(result.test.file) + ":" + std::to_string(result.test.line);
  if (result.status == Status::fail && !result.failures.empty()) {
    const FailedAssertion& first = result.failures.front();
    show_assertion(screen, first);
    if (first.line > 0) place = context.shown(first.file) + ":" + std::to_string(first.line);
    if (result.failures.size() > 1)
      place += "   and " + std::to_string(result.failures.size() - 1) + " more";
  } else {
    screen.paragraph(result.message, indent);
  }
  show_named(screen, "test", place);
  if (!result.output.empty()) {
    screen.line(indent + std::string("your code printed"));
    screen.paragraph(grader::clean_text(result.output, 600), "      ");
  }
  if (!misconception.empty()) {
    screen.line();
    screen.line(indent + std::string("This is what one gets with this mistake:"));
    screen.paragraph(misconception, "      ");
  }
  screen.line();
  if (result.test.blank.empty()) {
    screen.line("  " + context.say("show " + label));
  } else {
    screen.line("  " + context.say("explain " + label) + "     " + context.say("hint " + label));
  }
}

void show_failure_line(const Context& context, const TestResult& result) {
  const std::string ending = ending_of(result).empty() ? "" : ": " + ending_of(result);
  const std::size_t room = screen_width - 9 - ending.size();
  std::string name = result.test.name;
  if (name.size() > room) name = name.substr(0, room - 2) + "..";
  context.screen.line("  " + pad(result.test.blank.empty() ? "whole" : result.test.blank, 7) +
                      name + ending);
}

void show_compile_error(const Context& context, const grader::Module& module,
                        const grader::ModuleResult& result) {
  const Screen& screen = context.screen;
  const auto& [source, digest] = result.compile_errors.front();
  screen.line(screen.bad(module.id + " does not compile"));
  const std::string file = digest.file.empty() ? context.shown(source) : digest.file;
  screen.paragraph(file + ":" + std::to_string(digest.line) + "   " + digest.error, "  ");
  if (!digest.source_line.empty()) screen.line("       |   " + digest.source_line.substr(0, 68));
  if (!digest.explanation.empty()) screen.paragraph(digest.explanation, "  ");
  const std::string more =
      digest.errors > 1 ? "  the first of " + std::to_string(digest.errors) + " errors" : "";
  screen.split(more, "full output: " + context.say("test " + module.id.substr(0, 2) + " --log"));
}

}  // namespace tito
