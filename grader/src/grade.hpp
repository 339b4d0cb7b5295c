// grader / grade.hpp: one submission, from its folder to its progress file.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "course.hpp"
#include "integrity.hpp"
#include "progress.hpp"
#include "sandbox/sandbox.hpp"
#include "session.hpp"

namespace grader {

struct GradeOptions {
  std::filesystem::path submission;  // DIR with modules/NN_name/*.hpp
  std::string modules;               // "01-03"; empty: all that are there
  std::filesystem::path json;        // written after every module; empty: not written
  SessionOptions session;
  std::function<void(const ModuleResult&)> on_module;
  bool official = false;  // marks from observations, in a sandbox; otherwise from the suites
  std::string key;        // the instructor's, for seeds that nobody can foresee; empty: public ones
  std::optional<Key> signing_key;  // the same, to sign the result with
  Sandbox sandbox;        // for official marks
  double case_seconds = 8;  // that one observation may take
};

struct Grade {
  std::vector<ModuleResult> modules;
  std::optional<NextBlank> next;
  std::string problem;  // the grader's own failure: the modules after it are infra_error

  /// 0: every core test passed; 1: the submission fell short; 3: the grader failed.
  int exit_code() const;
};

/// Throws UsageError for options that make no sense.
Grade grade(const Course&, const GradeOptions&);

}  // namespace grader
