#include "suite_proofs.hpp"

#include <algorithm>

#include "compiler.hpp"
#include "files.hpp"
#include "overlay.hpp"
#include "parallel.hpp"
#include "profiles.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
using grader::ModuleResult;
using grader::Overlay;
using grader::Status;
using grader::TestResult;
namespace {

std::string shown(const ProofSetting& setting, const fs::path& file) {
  const fs::path relative = file.lexically_relative(setting.course.root);
  const bool inside = !relative.empty() && *relative.begin() != "..";
  return (inside ? relative : file).generic_string();
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// "tests/...:12: 'name' should pass, but: fail: ..."
std::string unexpected(const ProofSetting& setting, const TestResult& result,
                       const std::string& expected) {
  std::string text = shown(setting, result.test.file) + ":" + std::to_string(result.test.line) +
                     ": '" + result.test.name + "' should " + expected + ", but the result is " +
                     to_string(result.status);
  if (result.status == Status::todo) text += " of " + result.todo_blank;
  const std::string words = first_line(result.message);
  return words.empty() ? text : text + ": " + words;
}

ModuleResult run(const ProofSetting& setting, const Module& module, const Overlay& overlay) {
  grader::SessionOptions options = setting.options;
  options.werror = true;
  return run_module(setting.course, module, overlay, options);
}

/// What `prove` finds in each of the modules, in their order. Side by side, each with one processor:
/// a module's tests are then one source, which reads the framework's headers once.
template <class Prove>
Problems of_each(const ProofSetting& setting, const std::vector<const Module*>& modules,
                 Prove prove) {
  ProofSetting alone = setting;
  alone.options.jobs = 1;
  std::vector<Problems> found(modules.size());
  grader::parallel_for(modules.size(), setting.options.jobs, [&](std::size_t i) {
    found[i] = prove(alone, *modules[i]);
  });
  Problems problems;
  for (const Problems& some : found) append(problems, some);
  return problems;
}

Problems compile_problems(const ProofSetting& setting, const ModuleResult& result) {
  Problems problems;
  for (const auto& [source, digest] : result.compile_errors) {
    const std::string file = digest.file.empty() ? shown(setting, source) : digest.file;
    problems.push_back(file + ":" + std::to_string(digest.line) + ": does not compile for " +
                       shown(setting, source) + ": " + digest.error);
  }
  if (result.tests.empty()) problems.push_back("tests/pedagogy/" + result.id + ":1: has no tests");
  return problems;
}

Problems expect_pass(const ProofSetting& setting, const ModuleResult& result) {
  Problems problems = compile_problems(setting, result);
  if (!problems.empty()) return problems;
  for (const TestResult& test : result.tests) {
    if (test.status != Status::pass && test.status != Status::skipped) {
      problems.push_back(unexpected(setting, test, "pass"));
    }
  }
  if (problems.empty() &&
      (result.score != result.max_score || result.stretch_score != result.stretch_max)) {
    problems.push_back("modules/course.json:1: " + result.id + " passes everything but scores " +
                       std::to_string(result.score) + " of " + std::to_string(result.max_score));
  }
  return problems;
}

/// A test that gives no points (one of the module as a whole) may also pass on given code alone.
Problems expect_todo(const ProofSetting& setting, const ModuleResult& result) {
  Problems problems = compile_problems(setting, result);
  if (!problems.empty()) return problems;
  for (const TestResult& test : result.tests) {
    const bool graded = test.test.points > 0 || !test.test.blank.empty();
    if (test.status == Status::todo || test.status == Status::skipped) continue;
    if (!graded && test.status == Status::pass) continue;
    problems.push_back(unexpected(setting, test, "say todo"));
  }
  if (result.score + result.stretch_score != 0) {
    problems.push_back("modules/course.json:1: the skeleton of " + result.id + " scores " +
                       std::to_string(result.score + result.stretch_score) +
                       " points, it should score 0");
  }
  return problems;
}

/// Adds a note to each problem: in which of many combinations it was seen.
Problems noted(Problems problems, const std::string& note) {
  for (std::string& problem : problems) problem += "  (" + note + ")";
  return problems;
}

/// What was found in a copy of the solutions is to be mended in the solutions.
Problems of_solutions(Problems problems) {
  const std::string copy = "modules/";
  for (std::string& problem : problems) {
    if (problem.starts_with(copy)) problem.replace(0, copy.size(), "solutions/");
  }
  return problems;
}

}  // namespace

ProofSetting proof_setting(const grader::Course& course, const std::string& compiler, int jobs) {
  ProofSetting setting{course, {}, course.root / "build" / "proofs", course.available()};
  setting.options.compiler = compiler;
  setting.options.jobs = jobs;
  setting.options.limits.cpu_seconds = 30;
  setting.options.limits.wall_seconds = 120;
  return setting;
}

Problems prove_reference(const ProofSetting& setting) {
  const Overlay reference = solved_tree(setting.course, setting.work / "solved");
  return of_each(setting, setting.modules, [&](const ProofSetting& alone, const Module& module) {
    return of_solutions(expect_pass(alone, run(alone, module, reference)));
  });
}

Problems prove_skeleton(const ProofSetting& setting) {
  const Overlay skeleton = skeleton_tree(setting.course, setting.work / "skeleton");
  return of_each(setting, setting.modules, [&](const ProofSetting& alone, const Module& module) {
    return expect_todo(alone, run(alone, module, skeleton));
  });
}

Problems prove_skeleton_compiles(const ProofSetting& setting) {
  const grader::Profiles profiles = grader::Profiles::load(setting.course.root);
  const Overlay skeleton = skeleton_tree(setting.course, setting.work / "skeleton");
  std::vector<std::string> arguments = profiles.at("plain").compile;
  append(arguments, profiles.warnings);
  append(arguments, profiles.skeleton_warnings);
  append(arguments, {"-Werror", "-fsyntax-only", "-I",
                     write_overlay(setting.course, skeleton, setting.work / "include")});
  Problems problems;
  for (const Module* module : setting.modules) {
    const fs::path source = setting.work / "include" / (module->slug + ".cpp");
    grader::write_if_changed(source, "#include <tinytorch/" + module->header + ">\n");
    std::vector<std::string> all = arguments;
    all.push_back(source.string());
    const grader::CompilerRun run = grader::Compiler(setting.options.compiler).run(all);
    if (!run.ok) {
      problems.push_back("solutions/" + module->id + ": the skeleton does not compile: " + run.log);
    }
  }
  return problems;
}

Problems prove_prefix(const ProofSetting& setting) {
  const Overlay skeleton = skeleton_tree(setting.course, setting.work / "skeleton");
  const Overlay reference = solved_tree(setting.course, setting.work / "solved");
  // A module sees nothing above itself: with k beyond it, it is as with k equal to it. Those
  // further above k have only more blanks before their own; prove_skeleton has them all open.
  return of_each(
      setting, setting.course.available(), [&](const ProofSetting& alone, const Module& module) {
        const int number = module.number();
        const auto solved_up_to = [&](int k) {
          return Overlay::prefix(alone.course, reference, skeleton, k);
        };
        const auto note = [](int k) { return "modules 1 to " + std::to_string(k) + " solved"; };
        Problems problems = noted(
            expect_todo(alone, run(alone, module, solved_up_to(number - 1))), note(number - 1));
        append(problems, noted(expect_pass(alone, run(alone, module, solved_up_to(number))),
                               note(number)));
        return problems;
      });
}

/// Of one module, in which each blank can be switched off.
Problems unguarded_blanks(const ProofSetting& setting, const Module& module,
                          const Overlay& probe) {
  Problems problems;
  for (const grader::Blank& blank : module.blanks) {
    ProofSetting off = setting;
    off.options.environment = {"TT_OFF=" + blank.id};
    off.options.build_all = true;
    double& wait = off.options.limits.wall_seconds;  // a queue without its push may wait for ever
    wait = std::min(wait, 20.0);
    off.options.together_seconds = std::min(off.options.together_seconds, 10.0);
    off.options.only = [&](const grader::TestCase& test) { return test.blank == blank.id; };
    const ModuleResult result = run(off, module, probe);
    const Problems broken = result.tests.empty() ? Problems{} : compile_problems(setting, result);
    if (!broken.empty()) {
      append(problems, broken);
      break;
    }
    bool guarded = false;
    for (const TestResult& test : result.tests) {
      guarded = guarded || (test.status == Status::todo && test.todo_blank == blank.id);
      if (test.seconds >= wait)  // whoever was stopped while it waited may have said todo before
        problems.push_back(unexpected(off, test, "end as soon as " + blank.id + " is missing"));
    }
    if (guarded) continue;
    const std::size_t count = result.tests.size();
    problems.push_back(
        "modules/course.json:1: blank " + blank.id + " (" + blank.function +
        ") is guarded by no test: " +
        (count == 0 ? "none has its tag"
                    : "switched off, none of its " + std::to_string(count) + " runs into it"));
  }
  return problems;
}

Problems prove_blanks(const ProofSetting& setting) {
  const Overlay probes = probe_tree(setting.course, setting.work / "probe");
  const Overlay reference = solved_tree(setting.course, setting.work / "solved");
  return of_each(setting, setting.modules, [&](const ProofSetting& alone, const Module& module) {
    return unguarded_blanks(alone, module, Overlay::isolated(probes, reference, module));
  });
}

}  // namespace tito
