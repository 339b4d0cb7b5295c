// grader / process.hpp: one program, started with nothing but what it is given, and ended with all
// it started.
//
// The program gets: its arguments, the environment listed, a folder, the input given or /dev/null,
// one pipe each for stdout, stderr and (if wanted) file descriptor 3. No other descriptor is passed
// on, but for one that is named. It runs in a process group of its own, which is killed when the
// program has ended, or at the deadline. Not here: what the program's words mean (record.hpp,
// diagnosis.hpp); walls around it (sandbox/sandbox.hpp).
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace grader {

/// Somebody who may do less than root.
struct Identity {
  unsigned user = 0, group = 0;
};

struct ProcessSpec {
  std::vector<std::string> arguments;    // [0]: the program, found on PATH if it has no slash
  std::vector<std::string> environment;  // "NAME=value"
  std::filesystem::path folder;          // working directory; empty: the same as ours
  std::string input;                     // on descriptor 0; empty: /dev/null
  double wall_seconds = 120;
  double idle_seconds = 0;  // without news on descriptor 3: as good as the deadline; 0: no limit
  bool fair_deadline = false;  // on a busy machine, wall_seconds of computing rather than waiting
  double cpu_seconds = 0;      // 0: no limit of its own
  std::uint64_t memory_bytes = 0;         // address space; 0: no limit
  std::uint64_t file_bytes = 0;           // largest file it may write; 0: no limit
  std::uint64_t stack_bytes = 0;          // of its main thread; 0: what we have ourselves
  std::uint64_t output_bytes = 64 << 10;  // kept of each pipe; more is read and dropped
  bool record_pipe = false;               // descriptor 3
  int passed_descriptor = -1;             // of ours, to be its descriptor 4; -1: none
  std::optional<Identity> run_as;         // only root can ask for this
  int warning_signal = 0;                 // sent at the deadline, a moment before SIGKILL; 0: none
};

struct ProcessResult {
  int exit_code = -1;           // if it ended by itself
  int signal = 0;               // if a signal ended it
  bool timed_out = false;       // the wall deadline passed
  bool left_processes = false;  // its group was not empty when it ended
  std::string out, err, record;
  bool output_cut = false;
  double wall_seconds = 0, cpu_seconds = 0;

  bool ok() const { return exit_code == 0 && signal == 0 && !timed_out; }
};

/// Throws InfrastructureError if the program cannot be started at all.
ProcessResult run_process(const ProcessSpec&);

/// PATH and a UTF-8 locale: all that a compiler or a test needs.
std::vector<std::string> minimal_environment();

/// Where `program` is on PATH (or as given, with a slash); empty if it is nowhere.
std::filesystem::path find_program(const std::string& program);

}  // namespace grader
