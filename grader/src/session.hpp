// grader / session.hpp: build and run the suites of some modules over one overlay; the heart of
// `tito test`, `grader run` and the proofs.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "course.hpp"
#include "diagnosis.hpp"
#include "overlay.hpp"
#include "runner.hpp"
#include "toolchain.hpp"

namespace grader {

struct SessionOptions {
  std::string compiler;            // empty: test_compiler(sanitize)
  bool sanitize = false;           // asan instead of plain (asan-double for gradient files)
  bool everything_double = false;  // all files with the double profile, not only *_gradients.cpp
  double together_seconds = 0;  // at first all in a few processes, for so long at most (runner.hpp,
                                // settled_together); who is not settled there runs alone
  bool werror = false;  // warnings of our own code are errors (proofs), never for students
  int jobs = 2;
  Limits limits;
  std::vector<std::string> suites = {"pedagogy", "regression"};
  std::filesystem::path cache;                       // empty: root/build/cache
  std::function<void(const TestResult&)> on_result;  // called as results come in, in order
  std::vector<std::string> environment;              // for each test process, such as "TT_OFF=01.2"
  std::function<bool(const TestCase&)> only;         // run just these cases; empty: all
  bool build_all =
      false;  // with `only`: build all sources nevertheless, so that one build serves many runs
};

/// The module at fault, and how that is known (blame.hpp).
struct Blame {
  std::string module, method, confidence;
};

struct ModuleResult {
  std::string id;
  std::vector<TestResult> tests;
  std::vector<std::pair<std::filesystem::path, CompileDigest>> compile_errors;  // by test source
  std::string compile_log;
  int score = 0, max_score = 0;  // core
  int stretch_score = 0, stretch_max = 0;
  double compile_seconds = 0, run_seconds = 0;
  std::optional<Blame> blame;

  Status status() const;  // the worst that needs attention; pass if all pass; todo if nothing worse
};

/// Tests of one module: pedagogy and regression, gradient files in the double profile.
ModuleResult run_module(const Course&, const Module&, const Overlay&, const SessionOptions&);

}  // namespace grader
