#include "mutant_program.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "compiler.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "overlay.hpp"
#include "process.hpp"
#include "profiles.hpp"
#include "runner.hpp"
#include "scratch.hpp"
#include "sync.hpp"
#include "test_index.hpp"
#include "toolchain.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
using grader::Region;
using grader::Status;
using grader::TestCase;
using grader::TestResult;
namespace {

constexpr double one_test_seconds = 5;  // of computing: an endless loop is noticed as well
constexpr double patience = 3;          // times as long on the clock: a machine may be busy

/// Stands in each header once; the first that is read defines it.
constexpr const char* chooser = "#ifndef TT_CHOSEN_MUTANT\n"
                                "#define TT_CHOSEN_MUTANT\n"
                                "#include <cstdlib>\n"
                                "namespace tinytorch {\n"
                                "inline int chosen_mutant() {\n"
                                "  static const int number = [] {\n"
                                "    const char* text = std::getenv(\"TT_MUTANT\");\n"
                                "    return text == nullptr ? 0 : std::atoi(text);\n"
                                "  }();\n"
                                "  return number;\n"
                                "}\n"
                                "}\n"
                                "#endif\n";

class HeaderText {
 public:
  void add(const std::string& text, int owner = -1) {
    for (const std::string& line : grader::split_lines(text)) {
      header_.text += line + '\n';
      header_.owner.push_back(owner);
    }
  }
  MutantHeader done() { return std::move(header_); }

 private:
  MutantHeader header_{"", {-1}};  // there is no line 0
};

const std::string* body_for(const WrongBodies& bodies, const std::string& blank) {
  for (const auto& [id, body] : bodies) {
    if (id == blank) return &body;
  }
  return nullptr;
}

/// The solution, when none of the region's mutants is chosen (asked first, since it is what nearly
/// always holds), or else each of them.
void add_region(HeaderText& out, const Region& region, const std::vector<WrongBodies>& mutants,
                const std::vector<bool>& left_out) {
  const std::string solution = grader::join_lines(region.lines);
  std::vector<int> here;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (!left_out[i] && body_for(mutants[i], region.id) != nullptr) {
      here.push_back(static_cast<int>(i));
    }
  }
  if (here.empty()) return out.add(solution);
  const std::string first = std::to_string(here.front() + 1),
                    last = std::to_string(here.back() + 1);
  out.add("if (const int tt_mutant = ::tinytorch::chosen_mutant(); tt_mutant < " + first +
          " || tt_mutant > " + last + ") {\n" + solution);
  for (const int i : here) {
    out.add("} else if (tt_mutant == " + std::to_string(i + 1) + ") {");
    out.add(*body_for(mutants[static_cast<std::size_t>(i)], region.id), i);
  }
  out.add("} else {\n" + solution + "}");
}

}  // namespace

bool notices(const TestResult& result) {
  return result.status != Status::pass && result.status != Status::skipped;
}

MutantHeader mutant_header(const std::string& text, const std::vector<Region>& regions,
                           const std::vector<WrongBodies>& mutants,
                           const std::vector<bool>& left_out) {
  const std::vector<std::string> lines = grader::split_lines(text);
  HeaderText out;
  std::size_t next = 0;
  bool has_chooser = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    if (next < regions.size() && number == regions[next].begin_line) {
      add_region(out, regions[next], mutants, left_out);
      i = static_cast<std::size_t>(regions[next].end_line) - 1;
      ++next;
      continue;
    }
    out.add(lines[i]);
    if (!has_chooser && lines[i] == "#pragma once") {
      out.add(chooser);
      has_chooser = true;
    }
  }
  return out.done();
}

MutantProgram::MutantProgram(const ProofSetting& setting, const grader::Overlay& reference,
                             const Module& module, std::vector<WrongBodies> mutants)
    : setting_(setting),
      module_(module),
      overlay_(reference),
      mutants_(std::move(mutants)),
      errors_(mutants_.size()) {
  grader::ContentHash hash;
  for (const WrongBodies& bodies : mutants_) {
    for (const auto& [blank, body] : bodies) hash.add(blank).add(body);
  }
  folder_ = setting.work / "mutants" / hash.hex().substr(0, 12) / module.id;
  overlay_.folder[module.id] = folder_;
  for (const bool in_double : {false, true}) {
    Part part{in_double ? "double" : "plain", {}, {}};
    for (const std::string& suite : setting.options.suites) {
      for (TestCase& test : index_tests(setting.course, module, suite)) {
        if (test.needs_double == in_double) part.tests.push_back(std::move(test));
      }
    }
    if (!part.tests.empty()) parts_.push_back(std::move(part));
  }
  write_headers();
  drop_by_syntax();
  build();
  for (const Part& part : parts_) {
    const grader::ScratchFolder scratch(part.executable.parent_path());
    grader::ProcessSpec spec;
    spec.arguments = {part.executable.string()};
    spec.environment = grader::minimal_environment();
    spec.folder = scratch.path();
    const grader::ProcessResult run = run_process(spec);
    if (run.ok()) continue;
    throw grader::InfrastructureError("mutants of " + module.id +
                                      ": with none chosen, not every test passes: " + run.out);
  }
}

void MutantProgram::write_headers() const {
  std::vector<bool> left_out;
  for (const std::string& error : errors_) left_out.push_back(!error.empty());
  for (const grader::SolutionSource& source : read_solution(setting_.course, module_)) {
    grader::write_if_changed(folder_ / source.name,
                             mutant_header(source.text, source.regions, mutants_, left_out).text);
  }
}

/// Notes what the compiler says of mutants. False if its words are about none of them.
bool MutantProgram::drop_broken(const std::string& log) {
  std::vector<bool> left_out;
  for (const std::string& error : errors_) left_out.push_back(!error.empty());
  std::map<std::string, std::vector<int>> owner;
  for (const grader::SolutionSource& source : read_solution(setting_.course, module_)) {
    owner[(folder_ / source.name).string()] =
        mutant_header(source.text, source.regions, mutants_, left_out).owner;
  }
  // An error may lie in a template that a mutant uses wrongly; then a note below it (clang) or a
  // "required from" above it (g++) leads there.
  static const std::regex pattern(
      "^(?:In file included from )?([^:\\n]+):(\\d+):\\d+: (fatal error|error|note|warning): (.*)");
  static const std::regex required("^([^:\\n]+):(\\d+):\\d+:   required from");
  const auto mutant_at = [&](const std::smatch& place) {
    const auto file = owner.find(place[1]);
    const std::size_t number = std::stoul(place[2]);
    return file != owner.end() && number < file->second.size() ? file->second[number] : -1;
  };
  bool found = false;
  int through = -1;  // the mutant that the next error was required from
  std::string open_error;
  for (const std::string& line : grader::split_lines(log)) {
    std::smatch match;
    if (line.find(": In instantiation of ") != line.npos) through = -1;
    if (std::regex_search(line, match, required)) through = std::max(through, mutant_at(match));
    if (!std::regex_search(line, match, pattern)) continue;
    if (match[3] == "warning") {
      open_error.clear();
      continue;
    }
    if (match[3] != "note") open_error = match[4];
    if (open_error.empty()) continue;
    const int here = mutant_at(match), i = here < 0 && match[3] != "note" ? through : here;
    if (i < 0) continue;
    errors_[static_cast<std::size_t>(i)] = open_error;
    open_error.clear();
    through = -1;
    found = true;
  }
  return found;
}

/// Finds most of the broken ones quickly: without tests, and with all errors at once.
void MutantProgram::drop_by_syntax() {
  const grader::Compiler compiler(setting_.options.compiler);
  const fs::path source = folder_.parent_path() / "includes.cpp";
  grader::write_if_changed(source, "#include <tinytorch/" + module_.header + ">\n");
  std::vector<std::string> arguments =
      grader::Profiles::load(setting_.course.root).at("plain").compile;
  append(arguments,
         {"-fsyntax-only", compiler.is_clang() ? "-ferror-limit=0" : "-fmax-errors=0", "-I",
          write_overlay(setting_.course, overlay_, folder_.parent_path() / "include"),
          source.string()});
  for (;;) {
    const grader::CompilerRun run = compiler.run(arguments);
    if (run.ok || !drop_broken(run.log)) return;
    write_headers();
  }
}

void MutantProgram::build() {
  const fs::path cache = setting_.options.cache.empty() ? setting_.course.root / "build" / "cache"
                                                        : setting_.options.cache;
  const auto slots = std::make_shared<grader::Slots>(setting_.options.jobs);
  for (std::size_t p = 0; p < parts_.size();) {
    Part& part = parts_[p];
    std::vector<fs::path> sources;
    for (const TestCase& test : part.tests) {
      if (std::find(sources.begin(), sources.end(), test.file) == sources.end()) {
        sources.push_back(test.file);
      }
    }
    grader::Toolchain toolchain(setting_.course, setting_.options.compiler, part.profile, cache);
    toolchain.set_schedule({setting_.options.jobs, setting_.options.jobs, slots});
    const auto result = toolchain.build(sources, overlay_, module_, module_.id + "-mutants", false);
    if (result.ok) {
      part.executable = result.executable;
      ++p;
      continue;
    }
    bool dropped = false;
    std::set<std::string> seen;
    for (const grader::SourceLog& log : result.sources) {
      if (!log.ok && seen.insert(log.log).second) dropped = drop_broken(log.log) || dropped;
    }
    if (!dropped) {
      const std::string log = seen.empty() ? result.link_log : *seen.begin();
      throw grader::InfrastructureError("mutants of " + module_.id + " do not build: " + log);
    }
    write_headers();
    p = 0;  // the programs must be of the same mutants
  }
}

/// Own: the tests of the mutant's blank; otherwise all others.
bool MutantProgram::fails_together(std::size_t i, const Part& part, bool own) const {
  const std::string blank = mutants_[i].front().first;
  const bool any = std::any_of(part.tests.begin(), part.tests.end(),
                               [&](const TestCase& test) { return (test.blank == blank) == own; });
  if (!any) return false;
  const grader::ScratchFolder scratch(part.executable.parent_path());
  grader::ProcessSpec spec;
  spec.arguments = {part.executable.string(), (own ? "[" : "~[") + blank + "]", "--abort", "-o",
                    "/dev/null"};
  spec.environment = grader::minimal_environment();
  spec.environment.push_back("TT_MUTANT=" + std::to_string(i + 1));
  spec.folder = scratch.path();
  spec.fair_deadline = true;
  spec.cpu_seconds = own ? one_test_seconds : one_test_seconds * 6;
  spec.wall_seconds = spec.cpu_seconds * patience;
  spec.memory_bytes = setting_.options.limits.memory_bytes;
  return !run_process(spec).ok();
}

template <class Visit>
void MutantProgram::run(std::size_t i, const Part& part, bool own, const Visit& visit) const {
  const bool chosen = i < mutants_.size();
  const std::string blank = chosen ? mutants_[i].front().first : "";
  grader::Limits limits = setting_.options.limits;
  limits.cpu_seconds = one_test_seconds;
  for (const TestCase& test : part.tests) {
    if ((test.blank == blank) != own) continue;
    visit(run_case(part.executable, test, limits,
                   {"TT_MUTANT=" + std::to_string(chosen ? i + 1 : 0)}));
  }
}

std::string MutantProgram::noticed_by(std::size_t i) const {
  for (const bool own : {true, false}) {
    for (const Part& part : parts_) {
      if (!fails_together(i, part, own)) continue;
      return own ? "the tests of " + mutants_[i].front().first : "a test of another blank";
    }
  }
  std::string noticed;
  for (const bool own : {true, false}) {
    for (const Part& part : parts_) {
      run(i, part, own, [&](const TestResult& result) {
        if (noticed.empty() && notices(result)) {
          noticed = result.test.name + ": " + to_string(result.status);
        }
      });
    }
  }
  return noticed;
}

std::vector<TestResult> MutantProgram::run_own(std::size_t i) const {
  std::vector<TestResult> results;
  for (const Part& part : parts_) {
    run(i, part, true, [&](const TestResult& result) { results.push_back(result); });
  }
  return results;
}

}  // namespace tito
