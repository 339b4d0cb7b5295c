// milestones / support / program.hpp: what every milestone's main does around its own work.
//
//   int main(int argc, char** argv) { return milestone::main_program(argc, argv, {"M4b", 1.0}, run); }
//   void run(const milestone::Options& options, milestone::Result& result);
// `run` prints its story and fills in `result` as it goes, so that an error leaves what was known. An error of the
// framework is a result, not passed; an error of a file or a command line is nobody's homework.
#pragma once
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>

#include <tinytorch/support/memory.hpp>

#include "options.hpp"
#include "result.hpp"
#include "stop.hpp"

namespace milestone {

struct About {
  const char* id;    // "M4b"
  double gate;       // for the result file
  const char* next;  // what to do if it does not pass
};

using Run = void (*)(const Options& options, Result& result);

namespace detail {

inline int run_and_report(const Options& options, const About& about, Run run) {
  prepare_folder(options.out, about.id);
  Result result;
  result.milestone = about.id;
  result.gate = about.gate;
  result.seed = options.seed;
  const auto start = std::chrono::steady_clock::now();
  tt::memory::reset_peak();
  try {
    run(options, result);
  } catch (const InfrastructureError&) {
    throw;
  } catch (const Skipped&) {
    throw;
  } catch (const std::exception& error) {  // thrown by the framework, or about it
    result.passed = false;
    const std::string what = error.what();
    result.summary = "stopped: " + what.substr(0, what.find('\n'));
    std::printf("\n\n    The framework stopped:\n    %s\n\n", what.c_str());
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.peak_bytes = tt::memory::stats().peak_bytes;
  write_result(options.out, result);
  std::printf("    %s in %.2f s, at most %.1f MB of tensors.\n",
              result.passed ? "passed" : "not passed", result.seconds,
              double(result.peak_bytes) / 1e6);
  if (!result.passed) std::printf("    %s\n    next: %s\n", result.summary.c_str(), about.next);
  return result.passed ? exit_passed : exit_fell_short;
}

}  // namespace detail

inline int main_program(int argc, char** argv, const About& about, Run run) {
  try {
    return detail::run_and_report(parse_options(argc, argv), about, run);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "%s: %s\n", about.id, error.what());
    return exit_usage;
  } catch (const Skipped& reason) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s: skipped: %s\n", about.id, reason.what());
    return exit_skipped;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(
        stderr, "%s: %s\n  This is not about your code: a file or folder is not as it should be.\n",
        about.id, error.what());
    return exit_infrastructure;
  }
}

}  // namespace milestone
