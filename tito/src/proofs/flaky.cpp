#include "flaky.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "compiler.hpp"
#include "files.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "sync.hpp"
#include "test_index.hpp"
#include "text.hpp"
#include "toolchain.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
namespace {

/// One program: a module's sources that are compiled the same way.
struct Build {
  const Module* module;
  std::string compiler, profile;
  std::vector<fs::path> sources;
  std::size_t cases = 0;

  std::string name() const { return module->id + ", " + compiler + ", " + profile; }
};

std::vector<Build> builds_of(const ProofSetting& setting, const Module& module,
                             const std::string& compiler, const std::string& level) {
  Build single{&module, compiler, "plain-" + level, {}, 0};
  Build twice{&module, compiler, "double-" + level, {}, 0};
  for (const std::string& suite : setting.options.suites) {
    for (const grader::TestCase& test : index_tests(setting.course, module, suite)) {
      Build& build = test.needs_double ? twice : single;
      ++build.cases;
      auto& sources = build.sources;
      if (std::find(sources.begin(), sources.end(), test.file) == sources.end()) {
        sources.push_back(test.file);
      }
    }
  }
  std::vector<Build> builds;
  for (const Build& build : {single, twice}) {
    if (!build.sources.empty()) builds.push_back(build);
  }
  return builds;
}

/// The compact reporter says "file:line: failed: ..." for each assertion that does not hold.
std::string first_failure(const grader::ProcessResult& result) {
  for (const std::string& line : grader::split_lines(result.out)) {
    if (line.find(": failed") != std::string::npos) return line;
  }
  if (result.timed_out) return "timed out";
  if (result.signal != 0) return "ended by signal " + std::to_string(result.signal);
  return "exit code " + std::to_string(result.exit_code);
}

grader::ProcessResult run_in_order(const fs::path& program, int seed) {
  const grader::ScratchFolder scratch(program.parent_path());
  grader::ProcessSpec spec;
  spec.arguments = {program.string(),     "--order",    "rand",   "--rng-seed",
                    std::to_string(seed), "--reporter", "compact"};
  spec.environment = grader::minimal_environment();
  spec.folder = scratch.path();
  spec.wall_seconds = 600;
  spec.fair_deadline = true;
  spec.output_bytes = 1 << 20;
  return run_process(spec);
}

}  // namespace

Problems prove_steady(const ProofSetting& setting, const FlakyOptions& options) {
  Problems problems;
  std::vector<std::string> compilers = options.compilers;
  for (const char* compiler : {"g++", "clang++"}) {
    if (options.compilers.empty() && grader::compiles_cpp20(compiler))
      compilers.push_back(compiler);
  }
  const grader::Overlay reference = solved_tree(setting.course, setting.work / "solved");
  for (const Module* module : setting.modules) {
    for (const std::string& compiler : compilers) {
      for (const std::string& level : options.levels) {
        for (const Build& build : builds_of(setting, *module, compiler, level)) {
          grader::Toolchain toolchain(setting.course, compiler, build.profile,
                                      setting.course.root / "build" / "cache");
          const auto built = toolchain.build(build.sources, reference, *module, module->id,
                                             setting.options.werror);
          if (!built.ok) {
            problems.push_back(build.name() + ": does not build");
            continue;
          }
          const auto start = std::chrono::steady_clock::now();
          int failed = 0;
          for (int seed = 1; seed <= options.runs; ++seed) {
            const grader::ProcessResult result = run_in_order(built.executable, seed);
            if (result.ok()) continue;
            ++failed;
            problems.push_back(build.name() + ", --order rand --rng-seed " + std::to_string(seed) +
                               ": " + first_failure(result));
          }
          const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
          char line[200];
          std::snprintf(line, sizeof line, "%-44s %3zu cases, %d runs, %d failed, %.1f s",
                        build.name().c_str(), build.cases, options.runs, failed, taken.count());
          if (options.told) options.told(line);
        }
      }
    }
  }
  return problems;
}

}  // namespace tito
