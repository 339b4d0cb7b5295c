// tito dev ...: for authors of the course.
#include <cstdio>

#include "commands.hpp"
#include "compiler.hpp"
#include "programs.hpp"
#include "proofs/course_checks.hpp"
#include "proofs/flaky.hpp"
#include "proofs/generated_proof.hpp"
#include "proofs/mutants.hpp"
#include "proofs/observations.hpp"
#include "proofs/replay.hpp"
#include "proofs/signatures.hpp"
#include "proofs/suite_proofs.hpp"
#include "sizes.hpp"
#include "skeleton_guard.hpp"
#include "testing.hpp"
#include "toolchain.hpp"

namespace tito {
namespace {

int report(const Context& context, const std::string& what, const Problems& problems) {
  for (const std::string& problem : problems) context.screen.line(problem);
  context.screen.line(problems.empty()
                          ? what + ": holds"
                          : what + ": " + count_of(static_cast<int>(problems.size()), "problem"));
  return problems.empty() ? exit_ok : exit_fell_short;
}

int run_sync(const Context& context, bool force) {
  const SyncReport result = sync_skeletons(context.course, force, new_backup_folder(context));
  for (const auto& file : result.written) context.screen.line("written  " + context.shown(file));
  for (const auto& file : result.removed) context.screen.line("removed  " + context.shown(file));
  for (const auto& file : result.kept)
    context.screen.line("kept     " + context.shown(file) + "   holds somebody's work");
  if (!result.backup.empty())
    context.screen.line("what was replaced by force lies in " + context.shown(result.backup));
  if (!result.kept.empty()) {
    context.screen.line("To replace those too, after a backup: " + context.say("dev sync --force"));
    return exit_fell_short;
  }
  if (result.written.empty() && result.removed.empty())
    context.screen.line("modules/ is in step with solutions/");
  return exit_ok;
}

int run_flags(const Context& context, bool solution, const std::string& profile) {
  const grader::Toolchain toolchain(context.course, default_compiler(), profile,
                                    context.build() / "cache");
  std::string line;
  for (const std::string& flag : toolchain.flags(include_folder(context, solution))) {
    line += (line.empty() ? "" : " ") + flag;
  }
  context.screen.line(line);
  return exit_ok;
}

int run_path(const Context& context, const std::string& tool) {
  const auto file = context.tool(tool);
  if (!std::filesystem::exists(file))
    throw grader::UsageError("no tool '" + tool + "'; there are tito and grader");
  context.screen.line(file.string());
  return exit_ok;
}

/// The score of each module in a table, then who survived.
int report_generated(const Context& context, const GeneratedReport& result) {
  const Screen& screen = context.screen;
  screen.line(pad("module", 18) + "generated  compiled  noticed  equivalent  survived  percent");
  for (const GeneratedScore& score : result.scores) {
    char line[100];
    std::snprintf(line, sizeof line, "%9d %9d %8d %11d %9zu %8.1f", score.generated, score.compiled,
                  score.noticed, score.equivalent, score.survivors.size(), score.percent());
    screen.line(pad(score.module, 18) + line);
  }
  for (const GeneratedScore& score : result.scores) {
    for (const std::string& survivor : score.survivors) screen.line(survivor);
  }
  return report(context, "dev mutants --generate", result.problems);
}

ProofSetting setting(const Context& context, const std::string& modules = "") {
  ProofSetting setting = proof_setting(context.course, grader::test_compiler(), job_count());
  setting.modules = context.course.select(modules);
  return setting;
}

}  // namespace

void add_dev(const Command& tito, Context& context) {
  const Command dev = tito.add(
      "dev",
      "for authors: sync, check, prefix, replay, blanks, mutants, observe, flaky, sizes, flags, path");
  dev.needs_subcommand();
  struct Options {
    bool force = false, no_drift = false, solution = false, mutants = false;
    bool generate = false, signatures = false;
    int sample = 0, runs = 20;
    std::string profile = "plain", tool, modules, compiler;
  };
  auto options = std::make_shared<Options>();

  const Command sync =
      dev.add("sync", "write modules/ from solutions/; never over a student's work");
  sync.flag("--force", options->force, "over a student's work too, after a backup");
  sync.action([&context, options] { context.exit_code = run_sync(context, options->force); });

  const Command check =
      dev.add("check", "is the course consistent? drift, regions, hints, tests, leaks");
  check.flag("--no-drift", options->no_drift,
             "do not compare modules/, where a student may be at work");
  check.action([&context, options] {
    context.exit_code =
        report(context, "dev check", check_course(context.course, !options->no_drift));
  });

  dev.add("prefix", "for each k: 1..k solved, the rest skeleton").action([&context] {
    context.exit_code = report(context, "dev prefix", prove_prefix(setting(context)));
  });
  dev.add("replay", "a student's way: solved module by module, with tito alone").action([&context] {
    const std::filesystem::path build = context.build();
    context.exit_code = report(context, "dev replay",
                               prove_replay({context.course, build / "tools", build / "cache",
                                             build / "proofs" / "replay"}));
  });
  const Command blanks = dev.add("blanks", "does a test guard each blank?");
  blanks.option("--modules", options->modules, "such as 02 or 02-04; all if left out");
  blanks.action([&context, options] {
    context.exit_code =
        report(context, "dev blanks", prove_blanks(setting(context, options->modules)));
  });

  const Command mutants = dev.add("mutants", "does a test notice each wrong solution?");
  mutants.option("--modules", options->modules, "such as 02 or 02-04; all if left out");
  mutants.flag("--generate", options->generate,
               "small slips made by rule, instead of tests/mutants");
  mutants.option("--sample", options->sample, "of each module about so many generated ones");
  mutants.flag("--signatures", options->signatures,
               "write tests/mutants/signatures.json: how the tests fail on each");
  mutants.action([&context, options] {
    if (options->signatures) {
      const SignatureCount count = write_signatures(setting(context, options->modules));
      context.screen.line(count_of(count.mutants, "mutant") + ", " + std::to_string(count.told) +
                          " known by how their blank's tests fail");
      return;
    }
    if (options->generate) {
      context.exit_code = report_generated(
          context, prove_generated(setting(context, options->modules), options->sample));
      return;
    }
    MutantCount count;
    const Problems problems = prove_mutants(setting(context, options->modules), 1, &count);
    context.screen.line(count_of(count.tried, "mutant") + " tried, " +
                        std::to_string(count.caught) + " caught");
    context.exit_code = report(context, "dev mutants", problems);
  });

  const Command observe = dev.add("observe", "do official marks notice what they should?");
  observe.option("--modules", options->modules, "such as 02 or 02-04; all if left out");
  observe.flag("--mutants", options->mutants, "try each wrong solution of tests/mutants too");
  observe.action([&context, options] {
    const ProofSetting observed = setting(context, options->modules);
    context.exit_code =
        report(context, "dev observe", prove_observations(observed, options->mutants));
  });

  const Command flaky =
      dev.add("flaky", "the suites in random order, at -O0, -O2 and -O3, with both compilers");
  flaky.option("--modules", options->modules, "such as 02 or 02-04; all if left out");
  flaky.option("--runs", options->runs, "of each program, each in another order; 20 if left out");
  flaky.option("--compiler", options->compiler, "g++ or clang++; both if left out");
  flaky.action([&context, options] {
    FlakyOptions how;
    how.runs = options->runs;
    if (!options->compiler.empty()) how.compilers = {options->compiler};
    how.told = [&](const std::string& line) { context.screen.line(line); };
    context.exit_code =
        report(context, "dev flaky", prove_steady(setting(context, options->modules), how));
  });

  dev.add("sizes", "headers, blanks, points and tests of each module, as a table")
      .action([&context] {
        std::vector<ModuleSize> sizes;
        for (const grader::Module* module : context.course.available())
          sizes.push_back(size_of(context.course, *module));
        for (const std::string& line : size_table(sizes)) context.screen.line(line);
      });

  const Command flags = dev.add("flags", "compile flags: g++ $(tito dev flags --solution) x.cpp");
  flags.flag("--solution", options->solution, "for the reference instead of your code");
  flags.option("--profile", options->profile, "plain, asan, double, asan-double or release");
  flags.action([&context, options] {
    context.exit_code = run_flags(context, options->solution, options->profile);
  });

  const Command path = dev.add("path", "where a tool was built");
  path.required_word("tool", options->tool, "grader or tito");
  path.action([&context, options] { context.exit_code = run_path(context, options->tool); });
}

}  // namespace tito
