#include "mutants.hpp"

#include <algorithm>
#include <mutex>

#include "files.hpp"
#include "overlay.hpp"
#include "parallel.hpp"
#include "regions.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Course;
using grader::Module;
using grader::ModuleResult;
using grader::Overlay;
using grader::Status;
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

bool is_caught(const ModuleResult& result) {
  return std::any_of(result.tests.begin(), result.tests.end(), [](const auto& test) {
    return test.status != Status::pass && test.status != Status::skipped;
  });
}

/// What is wrong with a mutant; nothing if a test catches it.
Problems try_mutant(const ProofSetting& setting, const Overlay& reference, const Module& module,
                    const Mutant& mutant) {
  const fs::path folder = setting.work / "mutants" / mutant.name / module.id;
  const Overlay overlay = mutated(setting.course, reference, module, mutant, folder);
  ProofSetting one = setting;
  one.options.jobs = 1;                // mutants run side by side
  one.options.limits.cpu_seconds = 5;  // an endless loop is caught as well
  const std::string place = shown(setting.course, mutant.file) + ":1: ";
  // The tests of the blank first: they are few, and nearly always enough.
  for (const bool all : {false, true}) {
    if (!all) {
      one.options.only = [&](const grader::TestCase& test) {
        return test.blank == mutant.bodies[0].first;
      };
    } else {
      one.options.only = nullptr;
    }
    const ModuleResult result = run_module(setting.course, module, overlay, one.options);
    if (!result.compile_errors.empty()) {
      return {place + "does not compile: " + result.compile_errors[0].second.error};
    }
    if (is_caught(result)) return {};
  }
  return {place + "no test of " + module.id + " notices: " + mutant.thought};
}

}  // namespace

Overlay mutated(const Course& course, const Overlay& reference, const Module& module,
                const Mutant& mutant, const fs::path& folder) {
  fs::create_directories(folder);
  for (const grader::SolutionSource& source : read_solution(course, module)) {
    std::string text = source.text;
    for (const auto& [blank, body] : mutant.bodies) {
      for (const grader::Region& region : source.regions) {
        if (region.id == blank) text = grader::replace_region(text, blank, body, source.shown);
      }
    }
    grader::write_if_changed(folder / source.name, text);
  }
  Overlay overlay = reference;
  overlay.folder[module.id] = folder;
  return overlay;
}

std::vector<Mutant> find_mutants(const Course& course, const Module& module) {
  std::vector<Mutant> mutants;
  for (const fs::path& file :
       grader::list_files(course.root / "tests" / "mutants" / module.id, ".hpp")) {
    mutants.push_back(read_mutant(course, module, file));
  }
  return mutants;
}

Problems prove_mutants(const ProofSetting& setting, int every, MutantCount* count) {
  std::vector<std::pair<const Module*, Mutant>> chosen;
  std::size_t number = 0;
  for (const Module* module : setting.modules) {
    for (Mutant& mutant : find_mutants(setting.course, *module)) {
      if (number++ % static_cast<std::size_t>(every) == 0) {
        chosen.emplace_back(module, std::move(mutant));
      }
    }
  }
  const Overlay reference = solved_tree(setting.course, setting.work / "solved");
  Problems problems;
  std::mutex mutex;
  grader::parallel_for(chosen.size(), setting.options.jobs, [&](std::size_t i) {
    const Problems found = try_mutant(setting, reference, *chosen[i].first, chosen[i].second);
    const std::lock_guard lock(mutex);
    append(problems, found);
  });
  std::sort(problems.begin(), problems.end());
  if (count != nullptr) {
    count->tried = static_cast<int>(chosen.size());
    count->caught = count->tried - static_cast<int>(problems.size());
  }
  return problems;
}

}  // namespace tito
