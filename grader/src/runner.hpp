// grader / runner.hpp: one test case, one process, under limits; and what came of it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "test_index.hpp"

namespace grader {

/// A result is one of these. `todo` (a blank not written yet) is not a failure.
enum class Status {
  pass,
  fail,
  todo,
  compile_error,
  link_error,
  crash,
  sanitizer,
  leak,
  timeout,
  memory,
  blocked,
  no_assertions,
  skipped,
  not_run,
  infra_error
};
std::string to_string(Status);

struct Limits {
  double wall_seconds = 10;
  double cpu_seconds = 10;
  std::uint64_t memory_bytes = 2ull << 30;  // address space; not set for sanitized programs
  std::uint64_t output_bytes = 1 << 20;  // stdout + stderr that is kept; more is read and dropped
  bool sanitized = false;
  bool hurry = false;  // somebody waits: where many tests loop, less time for each of the rest
};

struct Frame {
  std::string function, file;  // file relative to the repository root where it lies below it
  int line = 0;
};

struct FailedAssertion {
  std::string file;
  int line = 0;
  std::string expression;  // as written
  std::string expansion;   // with values, or the matcher's / CHECK_TENSOR's words
};

struct TestResult {
  TestCase test;
  std::filesystem::path program;  // that it ran in; empty if there is none
  Status status = Status::not_run;
  std::string message;     // one or more lines for a person: what was expected, what came
  std::string todo_blank;  // for Status::todo: the blank that was reached first
  std::string todo_function;
  std::vector<FailedAssertion> failures;
  std::vector<Frame> frames;  // crash, timeout, sanitizer: innermost first; where it was
  int assertions = 0;
  std::uint64_t leaked_bytes = 0;
  double seconds = 0;
  std::string output;  // what the program itself printed, cleaned and capped
  std::optional<Status> isolated;  // with this module alone the student's, if that was run
  std::string case_seed;           // of an observation: the first case that failed
  int earned = 0;                  // points (blame.hpp)
};

/// The command that runs this case alone, for debuggers.
std::vector<std::string> case_arguments(const std::filesystem::path& executable, const TestCase&);

/// Runs exactly this case of `executable`, with no environment but what the runner passes.
TestResult run_case(const std::filesystem::path& executable, const TestCase&, const Limits&,
                    const std::vector<std::string>& extra_environment = {});

/// Runs them in `jobs` processes instead of one each, and returns those that passed there or ran into
/// a blank; nothing is said of the others, nor of any in a process that did not end well.
/// A process costs more than most tests (27 ms against 1; with AddressSanitizer a fifth of a
/// second). It is less sure: a case may lean on what an earlier one left. Marks are not given so.
std::vector<TestResult> settled_together(const std::filesystem::path& executable,
                                         const std::vector<TestCase>& tests, const Limits&,
                                         int jobs,
                                         const std::vector<std::string>& extra_environment = {});

/// Runs all, `jobs` at a time; results, and calls of on_result, in the order of `tests`.
std::vector<TestResult> run_cases(const std::filesystem::path& executable,
                                  const std::vector<TestCase>& tests, const Limits&, int jobs,
                                  const std::vector<std::string>& extra_environment = {},
                                  const std::function<void(const TestResult&)>& on_result = {});

}  // namespace grader
