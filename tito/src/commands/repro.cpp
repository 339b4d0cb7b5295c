// tito repro: one case of an official mark again, on this machine, beside the reference.
#include <charconv>

#include "commands.hpp"
#include "compiler.hpp"
#include "observe/official.hpp"
#include "testing.hpp"

namespace tito {
namespace {

using grader::CaseId;
using grader::CaseOutcome;
using grader::CaseRecord;
using grader::Observers;
using grader::Overlay;
using grader::Trust;

struct CaseName {
  std::uint64_t seed = 0;
  CaseId id;
};

/// "9f86d081884c7d65:12.7", as a report names a case.
CaseName parse_case(const std::string& text) {
  CaseName name;
  const std::size_t colon = text.find(':'), dot = text.find('.', colon + 1);
  const auto whole = [&](std::size_t from, std::size_t to, auto& value, int base) {
    const char* end = text.data() + std::min(to, text.size());
    const auto [stop, error] = std::from_chars(text.data() + from, end, value, base);
    return error == std::errc() && stop == end;
  };
  if (colon == text.npos || dot == text.npos || !whole(0, colon, name.seed, 16) ||
      !whole(colon + 1, dot, name.id.observation, 10) ||
      !whole(dot + 1, text.size(), name.id.repetition, 10)) {
    throw grader::UsageError("repro: expects a case as a report names it, such as "
                             "9f86d081884c7d65:12.7, got '" +
                             text + "'");
  }
  return name;
}

/// What both saw, line by line; the first line that differs is marked.
void show(const Context& context, const CaseRecord& expected, const CaseOutcome& got) {
  const auto& theirs = got.record.lines;
  for (std::size_t i = 0; i < std::max(expected.lines.size(), theirs.size()); ++i) {
    const bool same =
        i < expected.lines.size() && i < theirs.size() &&
        grader::difference({{expected.lines[i]}, "", "", true}, {{theirs[i]}, "", "", true})
            .empty();
    const std::string number = std::to_string(i + 1);
    const std::string mine = i < theirs.size() ? shown(theirs[i]) : "nothing";
    if (same) {
      context.screen.line("  " + number + "  " + mine);
    } else {
      context.screen.line("  " + number + "  expected   " +
                          (i < expected.lines.size() ? shown(expected.lines[i]) : "nothing"));
      context.screen.line("     got        " + mine);
    }
  }
}

int run(const Context& context, const std::string& module_name, const std::string& case_name) {
  const grader::Course& course = context.course;
  const grader::Module& module = course.module(module_name);
  const CaseName name = parse_case(case_name);
  const Observers observers(course, grader::test_compiler(), context.build() / "cache",
                            grader::Sandbox());
  const auto reference = observers.build(module, Overlay::reference(course), Trust::ours);
  const auto infos = observers.list(reference);
  const auto number = static_cast<std::size_t>(name.id.observation);
  if (number >= infos.size() || name.id.repetition < 0 ||
      name.id.repetition >= infos[number].repetitions) {
    throw grader::UsageError("repro: module " + module.id + " has no case " + to_string(name.id));
  }
  const auto mine = observers.build(module, Overlay::student(course, course.root), Trust::ours);
  context.screen.line(module.id + "  " + infos[number].name + "   (blank " + infos[number].blank +
                      ")");
  context.screen.line("  grader/observe/" + module.id + ".cpp says what is called");
  if (mine.program.empty()) {
    context.screen.line("  your code does not compile: tito test " + module.id.substr(0, 2));
    return exit_fell_short;
  }
  const auto expected = observers.run(reference, name.seed, {name.id}, Trust::ours).at(name.id);
  const auto got = observers.run(mine, name.seed, {name.id}, Trust::stranger).at(name.id);
  show(context, expected.record, got);
  const std::string words =
      got.status == grader::Status::pass ? difference(expected.record, got.record) : got.words;
  context.screen.line(words.empty() ? "the same as the reference" : words);
  return words.empty() ? exit_ok : exit_fell_short;
}

}  // namespace

void add_repro(const Command& tito, Context& context) {
  struct Options {
    std::string module, name;
  };
  const auto options = std::make_shared<Options>();
  const Command command = tito.add("repro", "a case that an official mark names, once more");
  command.required_word("module", options->module, "such as 03");
  command.required_word("case", options->name, "SEED:CASE, as the report says");
  command.action(
      [&context, options] { context.exit_code = run(context, options->module, options->name); });
}

}  // namespace tito
