#include "mutants.hpp"

#include <algorithm>

#include "files.hpp"
#include "mutant_program.hpp"
#include "mutant_verdicts.hpp"
#include "overlay.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Course;
using grader::Module;
using grader::Overlay;
namespace {

std::string shown(const Course& course, const fs::path& file) {
  return file.lexically_relative(course.root).generic_string();
}

Mutant read_mutant(const Course& course, const Module& module, const fs::path& file) {
  Mutant mutant{file, file.stem().string(), "", {}};
  const auto lines = grader::split_lines(grader::read_text(file));
  if (lines.empty() || !lines[0].starts_with("// ") || lines[0].size() < 10) {
    throw grader::UsageError(shown(course, file) +
                             ":1: expects a comment that says why somebody would write this");
  }
  mutant.thought = lines[0].substr(3);
  const std::string marker = "// REPLACES ";
  mutant.bodies.emplace_back(mutant.name.substr(0, mutant.name.find('-')), "");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string line(grader::trim(lines[i]));
    if (line.starts_with(marker)) {
      if (grader::trim(mutant.bodies.back().second).empty()) mutant.bodies.pop_back();
      mutant.bodies.emplace_back(line.substr(marker.size()), "");
    } else {
      mutant.bodies.back().second += lines[i] + '\n';
    }
  }
  for (const auto& [blank, body] : mutant.bodies) {
    if (module.find_blank(blank) == nullptr) {
      throw grader::UsageError(shown(course, file) + ":1: " + module.id + " has no blank " + blank);
    }
    if (grader::trim(body).empty()) {
      throw grader::UsageError(shown(course, file) + ":1: no body for blank " + blank);
    }
  }
  return mutant;
}

Problems prove_module(const ProofSetting& setting, const Overlay& reference, const Module& module,
                      const std::vector<Mutant>& mutants) {
  std::vector<WrongBodies> bodies;
  for (const Mutant& mutant : mutants) bodies.push_back(mutant.bodies);
  const std::vector<Verdict> verdicts = verdicts_of(setting, reference, module, bodies);
  Problems problems;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const std::string place = shown(setting.course, mutants[i].file) + ":1: ";
    if (!verdicts[i].error.empty()) {
      problems.push_back(place + "does not compile: " + verdicts[i].error);
    } else if (verdicts[i].survived()) {
      problems.push_back(place + "no test of " + module.id + " notices: " + mutants[i].thought);
    }
  }
  return problems;
}

}  // namespace

std::vector<Mutant> find_mutants(const Course& course, const Module& module) {
  std::vector<Mutant> mutants;
  for (const fs::path& file :
       grader::list_files(course.root / "tests" / "mutants" / module.id, ".hpp")) {
    mutants.push_back(read_mutant(course, module, file));
  }
  return mutants;
}

Problems prove_mutants(const ProofSetting& setting, int every, MutantCount* count) {
  const Overlay reference = solved_tree(setting.course, setting.work / "solved");
  Problems problems;
  std::size_t number = 0;
  int tried = 0;
  for (const Module* module : setting.modules) {
    std::vector<Mutant> chosen;
    for (Mutant& mutant : find_mutants(setting.course, *module)) {
      if (number++ % static_cast<std::size_t>(every) == 0) chosen.push_back(std::move(mutant));
    }
    if (chosen.empty()) continue;
    tried += static_cast<int>(chosen.size());
    append(problems, prove_module(setting, reference, *module, chosen));
  }
  std::sort(problems.begin(), problems.end());
  if (count != nullptr) *count = {tried, tried - static_cast<int>(problems.size())};
  return problems;
}

}  // namespace tito
