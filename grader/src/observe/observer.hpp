// grader / observe / observer.hpp: observation programs, built and run.
//
//   const Observers observers(course, compiler, cache, sandbox);
//   const ObserverProgram mine = observers.build(module, overlay, Trust::stranger);
//   const Outcomes outcomes = observers.run(mine, seed, cases, Trust::stranger);
// grader/observe/NN_name.cpp says what is observed; the header on top of it is compiled once.
// Not here: whether what was seen is right (official.hpp).
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "compiler.hpp"
#include "course.hpp"
#include "object_cache.hpp"
#include "observe/seen.hpp"
#include "overlay.hpp"
#include "runner.hpp"
#include "sandbox/sandbox.hpp"

namespace grader {

/// Whose code it is: a stranger's is compiled and run in the sandbox.
enum class Trust { ours, stranger };

struct ObserverProgram {
  std::filesystem::path program;  // empty if it does not compile
  std::string log;                // the compiler's words
  std::string key;                // of all that went in
  double seconds = 0;
};

/// What one program looks at, as `PROGRAM --list` says.
struct ObservationInfo {
  std::string blank;  // "02.16"; "02" for the module as a whole
  std::string name;
  int repetitions = 0;
};

struct CaseOutcome {
  Status status = Status::not_run;  // pass: it ran to its end; else todo, crash, timeout, not_run
  CaseRecord record;
  std::string words;  // for a person, if it did not
};
using Outcomes = std::map<CaseId, CaseOutcome>;

class Observers {
 public:
  /// `patience`: seconds that one case of a stranger's may take; an eighth of it, once six did
  /// not end.
  Observers(const Course&, const std::string& compiler, const std::filesystem::path& cache,
            const Sandbox&, double patience = 8);

  const ObjectCache& cache() const { return cache_; }

  /// True if the module has an observation program.
  bool has(const Module&) const;

  /// Compiles it, unless that was done before; several threads may. The same Observers answer the
  /// same question the same way: what did not compile is not tried again.
  ObserverProgram build(const Module&, const Overlay&, Trust) const;

  /// Of a program of ours. Throws InfrastructureError if it does not say.
  std::vector<ObservationInfo> list(const ObserverProgram&) const;

  /// Runs these cases, in order, in as few processes as possible: one that dies is started again
  /// with the case after the one that killed it.
  Outcomes run(const ObserverProgram&, std::uint64_t seed, const std::vector<CaseId>&, Trust,
               const std::vector<std::string>& environment = {}) const;

 private:
  struct Bench {
    std::string key;
    std::filesystem::path header, precompiled, main;
  };
  Bench prepare_bench() const;
  ProcessResult run_once(const ObserverProgram&, std::uint64_t seed, const std::vector<CaseId>&,
                         Trust, const std::vector<std::string>& environment) const;
  std::filesystem::path source_of(const Module&) const;
  std::vector<std::string> base_flags() const;

  const Course& course_;
  Compiler compiler_;
  ObjectCache cache_;
  Sandbox sandbox_;
  double patience() const;

  double patience_;
  mutable int timeouts_ = 0;  // cases that did not end, of all programs
  mutable std::mutex built_mutex_;
  mutable std::map<std::string, ObserverProgram> built_;  // by key, also what did not compile
  Bench bench_;
};

}  // namespace grader
