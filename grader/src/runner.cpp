#include "runner.hpp"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>

#include "parallel.hpp"
#include "process.hpp"
#include "record.hpp"
#include "sanitizer_report.hpp"
#include "scratch.hpp"
#include "verdict.hpp"

namespace grader {
namespace {

constexpr std::uint64_t largest_file = 64 << 20;
constexpr std::uint64_t test_stack = 2 << 20;  // the same everywhere: tests of depth rely on it

/// Catch2 reads its argument as a pattern; these characters would mean something in it.
std::string escaped(const std::string& name) {
  std::string pattern;
  for (const char c : name) {
    if (c == ',' || c == '[' || c == ']' || c == '"' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

/// LeakSanitizer needs to stop the program's threads, which some machines and all debuggers forbid:
/// found out once.
std::atomic<bool>& can_look_for_leaks() {
  static std::atomic<bool> answer{true};
  return answer;
}

void add_sanitizer_options(const Limits& limits, std::vector<std::string>& environment) {
  const std::string leaks = can_look_for_leaks() ? "1" : "0";
  const std::string megabytes =
      std::to_string(std::max<std::uint64_t>(limits.memory_bytes >> 20, 64));
  environment.push_back("ASAN_OPTIONS=exitcode=99:abort_on_error=0:symbolize=1:detect_leaks=" +
                        leaks + ":allocator_may_return_null=1:hard_rss_limit_mb=" + megabytes);
  environment.push_back("LSAN_OPTIONS=exitcode=99");
  environment.push_back("UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:exitcode=99");
  for (const char* name :
       {"llvm-symbolizer", "llvm-symbolizer-14", "llvm-symbolizer-15", "llvm-symbolizer-18"}) {
    if (const auto program = find_program(name); !program.empty()) {
      environment.push_back("ASAN_SYMBOLIZER_PATH=" + program.string());
      environment.push_back("UBSAN_SYMBOLIZER_PATH=" + program.string());
      break;
    }
  }
}

}  // namespace

std::vector<std::string> case_arguments(const std::filesystem::path& executable,
                                        const TestCase& test) {
  return {executable.string(), escaped(test.name)};
}

namespace {

ProcessResult run_program(const std::vector<std::string>& arguments, const std::string& cases,
                          const Limits& limits,
                          const std::vector<std::string>& extra_environment) {
  const std::filesystem::path executable = arguments.front();
  const ScratchFolder scratch(
      executable.parent_path());  // what a test writes goes here, and away with it
  ProcessSpec spec;
  spec.arguments = arguments;
  spec.arguments.insert(spec.arguments.end(), {"-o", "/dev/null"});
  spec.environment = minimal_environment();
  spec.environment.push_back("TT_CASE=" + cases);
  if (limits.sanitized) add_sanitizer_options(limits, spec.environment);
  spec.environment.insert(spec.environment.end(), extra_environment.begin(),
                          extra_environment.end());
  spec.folder = scratch.path();
  spec.wall_seconds = limits.wall_seconds;
  spec.fair_deadline = true;
  spec.cpu_seconds = limits.cpu_seconds;
  spec.memory_bytes = limits.sanitized ? 0 : limits.memory_bytes;
  spec.file_bytes = largest_file;
  spec.stack_bytes = test_stack;
  spec.output_bytes = limits.output_bytes;
  spec.record_pipe = true;
  spec.warning_signal = SIGALRM;
  return run_process(spec);
}

ProcessResult run_once(const std::filesystem::path& executable, const TestCase& test,
                       const Limits& limits, const std::vector<std::string>& extra_environment) {
  return run_program(case_arguments(executable, test), test.name, limits, extra_environment);
}

}  // namespace

std::string to_string(Status status) {
  switch (status) {
    case Status::pass: return "pass";
    case Status::fail: return "fail";
    case Status::todo: return "todo";
    case Status::compile_error: return "compile_error";
    case Status::link_error: return "link_error";
    case Status::crash: return "crash";
    case Status::sanitizer: return "sanitizer";
    case Status::leak: return "leak";
    case Status::timeout: return "timeout";
    case Status::memory: return "memory";
    case Status::blocked: return "blocked";
    case Status::no_assertions: return "no_assertions";
    case Status::skipped: return "skipped";
    case Status::not_run: return "not_run";
    case Status::infra_error: return "infra_error";
  }
  return "infra_error";
}

TestResult run_case(const std::filesystem::path& executable, const TestCase& test,
                    const Limits& limits, const std::vector<std::string>& extra_environment) {
  TestResult result;
  try {
    ProcessResult process = run_once(executable, test, limits, extra_environment);
    if (limits.sanitized && parse_sanitizer_report(process.err).cannot_look_for_leaks) {
      can_look_for_leaks() = false;
      process = run_once(executable, test, limits, extra_environment);
    }
    result = judge(executable, limits, process, parse_record(process.record, test.name));
  } catch (const InfrastructureError& error) {
    result.status = Status::infra_error;
    result.message = error.what();
  }
  result.test = test;
  return result;
}

namespace {

std::vector<TestResult> settled_in_one_process(const std::filesystem::path& executable,
                                               const std::vector<TestCase>& tests,
                                               const Limits& limits,
                                               const std::vector<std::string>& extra_environment) {
  std::string pattern;
  for (const TestCase& test : tests) {
    if (!pattern.empty()) pattern += ',';  // Catch2: one or another
    pattern += '"' + escaped(test.name) + '"';
  }
  ProcessResult process =
      run_program({executable.string(), pattern}, "*", limits, extra_environment);
  if (process.timed_out || process.signal != 0 || (limits.sanitized && !process.ok())) return {};
  const int exit_code = std::exchange(process.exit_code, 0);  // Catch2's: how many tests failed
  process.out.clear();                                        // nobody knows whose words these are
  process.err.clear();
  process.wall_seconds /= static_cast<double>(tests.size());
  const auto records = parse_records(process.record);
  std::vector<TestResult> settled;
  for (const TestCase& test : tests) {
    const auto found = records.find(test.name);
    if (found == records.end() || !found->second.ended) return {};  // it ended before its time
    TestResult result = judge(executable, limits, process, found->second);
    if (result.status != Status::pass && result.status != Status::todo) continue;
    result.test = test;
    settled.push_back(std::move(result));
  }
  const bool all_passed = std::all_of(settled.begin(), settled.end(), [](const TestResult& result) {
    return result.status == Status::pass;
  });
  if (exit_code != 0 && all_passed && settled.size() == tests.size()) return {};  // and no test failed
  return settled;
}

}  // namespace

std::vector<TestResult> settled_together(const std::filesystem::path& executable,
                                         const std::vector<TestCase>& tests, const Limits& limits,
                                         int jobs,
                                         const std::vector<std::string>& extra_environment) {
  const std::size_t processes = std::min(tests.size(), static_cast<std::size_t>(std::max(1, jobs)));
  std::vector<std::vector<TestCase>> shares(processes);
  for (std::size_t i = 0; i < tests.size(); ++i) shares[i % processes].push_back(tests[i]);
  std::vector<std::vector<TestResult>> found(processes);
  parallel_for(processes, jobs, [&](std::size_t i) {
    found[i] = settled_in_one_process(executable, shares[i], limits, extra_environment);
  });
  std::vector<TestResult> settled;
  for (auto& some : found) std::move(some.begin(), some.end(), std::back_inserter(settled));
  return settled;
}

std::vector<TestResult> run_cases(const std::filesystem::path& executable,
                                  const std::vector<TestCase>& tests, const Limits& limits,
                                  int jobs, const std::vector<std::string>& extra_environment,
                                  const std::function<void(const TestResult&)>& on_result) {
  // A module whose every test loops must not take minutes.
  constexpr int patience = 2, patience_of_a_person = 6;
  std::atomic<int> timeouts{0};
  std::mutex mutex;
  std::vector<std::optional<TestResult>> done(tests.size());
  std::size_t told = 0;
  parallel_for(tests.size(), jobs, [&](std::size_t i) {
    Limits mine = limits;
    if (timeouts >= patience) mine.wall_seconds = std::min(limits.wall_seconds, 2.0);
    if (timeouts >= patience_of_a_person && limits.hurry) mine.wall_seconds = 0.25;
    TestResult result = run_case(executable, tests[i], mine, extra_environment);
    if (result.status == Status::timeout) ++timeouts;
    const std::lock_guard lock(mutex);
    done[i] = std::move(result);
    for (; told < done.size() && done[told]; ++told) {
      if (on_result) on_result(*done[told]);
    }
  });
  std::vector<TestResult> results;
  for (auto& result : done) results.push_back(std::move(*result));
  return results;
}

}  // namespace grader
