#include "selftest.hpp"

#include <atomic>
#include <chrono>
#include <mutex>

#include "files.hpp"
#include "milestone_run.hpp"
#include "parallel.hpp"
#include "pictures.hpp"
#include "process.hpp"
#include "programs.hpp"
#include "proofs/course_checks.hpp"
#include "proofs/grader_proof.hpp"
#include "proofs/mutants.hpp"
#include "proofs/observations.hpp"
#include "proofs/replay.hpp"
#include "proofs/suite_proofs.hpp"

namespace tito {
namespace fs = std::filesystem;
namespace {

// Each fourth mutant of each third module; tito dev mutants tries them all.
constexpr int mutant_sample = 4, sampled_module = 3;

/// Runs one of our own programs: its words, if it fails.
Problems run_program(const Context& context, const std::string& name,
                     const std::vector<std::string>& arguments) {
  grader::ProcessSpec spec;
  spec.arguments = arguments;
  spec.environment = grader::minimal_environment();
  spec.folder = context.course.root;
  spec.wall_seconds = 1200;
  const grader::ProcessResult run = run_process(spec);
  if (run.ok()) return {};
  Problems problems = grader::split_lines(run.out + run.err);
  if (run.timed_out) problems.push_back(name + " did not end in 20 minutes");
  if (problems.empty())
    problems.push_back(name + " ended with exit code " + std::to_string(run.exit_code));
  return problems;
}

Problems run_tool_tests(const Context& context, const std::string& name) {
  return run_program(context, name, {context.tool(name).string()});
}

/// The reference against numbers of the ONNX project: the cases kept here, and all of Debian's
/// package where it is installed.
Problems run_oracles(const Context& context) {
  const fs::path source = context.course.root / "tests" / "oracles" / "onnx" / "main.cpp";
  const fs::path package = "/usr/share/libonnx-testdata/data/node";
  const std::string program = build_program(context, source, true, "release", "onnx").string();
  if (program.empty()) return {"tests/oracles/onnx/main.cpp:1: does not build"};
  Problems problems = run_program(context, "onnx", {program});
  if (fs::exists(package)) {
    append(problems, run_program(context, "onnx", {program, "--package", package.string()}));
  }
  return problems;
}

Problems run_on_reference(const Context& context, const grader::Milestone& milestone) {
  const MilestoneOutcome outcome = run_milestone(context, milestone, true, true);
  if (outcome.passed) return {};
  if (outcome.skipped) throw Skipped(grader::split_lines(outcome.output).back());
  Problems problems = {"tests/milestones/" + milestone.folder + "/main.cpp:1: " + milestone.id +
                       (outcome.built ? " does not pass on the reference" : " does not build")};
  append(problems, grader::split_lines(outcome.output));
  return problems;
}

Problems draw_on_reference(const Context& context, const grader::Module& module) {
  const PictureOutcome outcome = draw_picture(context, module, true, true);
  if (outcome.drawn) return {};
  Problems problems = {"tests/pictures/" + module.id + ".cpp:1: is not drawn on the reference"};
  append(problems, grader::split_lines(outcome.output));
  return problems;
}

}  // namespace

std::vector<SelftestStep> selftest_steps(const Context& context, bool drift) {
  const ProofSetting gcc = proof_setting(context.course, "g++", job_count());
  ProofSetting clang = proof_setting(context.course, "clang++", job_count());
  clang.options.together_seconds = 60;  // each case alone: the reference with g++
  ProofSetting sanitized = gcc, doubles = clang;
  sanitized.options.sanitize = true;
  sanitized.options.together_seconds = 300;
  doubles.options.everything_double = true;
  ProofSetting sampled = clang;
  std::erase_if(sampled.modules, [](const grader::Module* module) {
    return module->number() % sampled_module != 1;
  });
  std::vector<SelftestStep> steps = {
      {"unit tests of the grader", true, [&] { return run_tool_tests(context, "grader_tests"); },
       true},
      {"unit tests of tito", true, [&] { return run_tool_tests(context, "tito_tests"); }, true},
      {drift ? "dev check" : "dev check (without drift)", true,
       [&, drift] { return check_course(context.course, drift); }},
      {"reference, g++", true, [=] { return prove_reference(gcc); }},
      {"reference, AddressSanitizer and UBSan", false, [=] { return prove_reference(sanitized); }},
      {"reference, everything in double", false, [=] { return prove_reference(doubles); }},
      {"skeleton scores 0 and says todo, clang++", true, [=] { return prove_skeleton(clang); }},
      {"skeleton compiles without warnings, g++", false,
       [=] { return prove_skeleton_compiles(gcc); }},
      {"prefix, clang++: 1..k solved pass, the rest todo", false, [=] { return prove_prefix(clang); }},
      {"replay: a student's way from 01 to the end", false,
       [&] {
         const std::filesystem::path build = context.build();
         return prove_replay(
             {context.course, build / "tools", build / "cache", build / "proofs" / "replay"});
       }},
      {"blanks: each guarded by a test", true, [=] { return prove_blanks(clang); }},
      {"mutants: wrong solutions are noticed, a sample", false,
       [=] { return prove_mutants(sampled, mutant_sample); }},
      {"observations: official marks of reference and skeletons", false,
       [=] { return prove_observations(clang); }},
      {"grader on solutions and skeletons", false,
       [&] {
         return prove_grader(context.course, context.tool("grader"),
                             context.build() / "proofs" / "grader");
       }},
      {"oracles: ONNX cases on the reference", false, [&] { return run_oracles(context); }, true},
  };
  for (const grader::Module& module : context.course.modules) {
    if (picture_source(context.course, module).empty()) continue;
    steps.push_back({"picture of " + module.id + " on the reference", false,
                     [&context, &module] { return draw_on_reference(context, module); }, true});
  }
  for (const grader::Milestone& milestone : context.course.milestones) {
    steps.push_back({"milestone " + milestone.id + " on the reference", false,
                     [&context, &milestone] { return run_on_reference(context, milestone); },
                     true});
  }
  return steps;
}

namespace {

enum class Ending { passed, failed, skipped };

/// Runs a step and prints its line. `mutex`: other steps may print as well.
Ending run_step(const Screen& screen, const SelftestStep& step, std::mutex& mutex) {
  {
    const std::lock_guard lock(mutex);
    screen.progress("  ....  " + step.name);
  }
  const auto started = std::chrono::steady_clock::now();
  Problems problems;
  Ending ending = Ending::passed;
  try {
    problems = step.prove();
    if (!problems.empty()) ending = Ending::failed;
  } catch (const Skipped& reason) {
    problems = {reason.what()};
    ending = Ending::skipped;
  } catch (const std::exception& error) {
    problems = {error.what()};
    ending = Ending::failed;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  const std::lock_guard lock(mutex);
  screen.end_progress();
  const std::string word = ending == Ending::passed   ? screen.good("pass")
                           : ending == Ending::failed ? screen.bad("FAIL")
                                                      : "skip";
  screen.line("  " + word + "  " + pad(step.name, 46) + seconds_text(took.count()));
  for (const std::string& problem : problems) screen.line("        " + problem);
  return ending;
}

}  // namespace

int run_selftest(const Context& context, const std::vector<SelftestStep>& steps) {
  std::mutex mutex;
  std::atomic<int> passed = 0, failed = 0, skipped = 0;
  for (std::size_t next = 0; next < steps.size();) {
    std::size_t end = next + 1;
    while (steps[next].one_core && end < steps.size() && steps[end].one_core) ++end;
    grader::parallel_for(end - next, job_count(), [&](std::size_t i) {
      switch (run_step(context.screen, steps[next + i], mutex)) {
        case Ending::passed: ++passed; break;
        case Ending::failed: ++failed; break;
        case Ending::skipped: ++skipped; break;
      }
    });
    next = end;
  }
  context.screen.line(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed" +
                      (skipped > 0 ? ", " + std::to_string(skipped) + " skipped" : ""));
  return failed == 0 ? exit_ok : exit_fell_short;
}

}  // namespace tito
