// grader / sandbox / sandbox.hpp: walls around a program that a stranger wrote.
//
//   const Sandbox sandbox = Sandbox::strongest(course.root);
//   sandbox.run(spec, {.readable = {include_folder}, .writable = out})
// Level     What it takes                            What stays open
// full      bubblewrap and seccomp, not as root      the kernel and the compiler themselves
// partial   Landlock and seccomp, not as root        processes of the same user, memory in sum
// weak      limits and a user of its own             whatever that user may read; the network
// none      limits only                              everything that you may do yourself
// A level is probed before it is claimed: the box must run a program, and what that program tries
// (probe.hpp) must fail. Compilers go into the same box as what they compile.
// Not here: limits and deadlines, which every process has (process.hpp).
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "process.hpp"

namespace grader {

enum class Confinement { none, weak, partial, full };
std::string to_string(Confinement);

/// What the program finds besides /usr and an empty /tmp, at the places where it lies outside.
struct Box {
  std::vector<std::filesystem::path> readable;  // files and folders
  std::filesystem::path writable;               // one folder; empty: none
  std::uint64_t scratch_bytes = 64 << 20;       // of /tmp
  int processes = 16;                           // and threads, at a time
};

class Sandbox {
 public:
  /// No walls: for one's own code.
  Sandbox() = default;

  /// The strongest level that this machine lets us prove. `secret`: a file that nobody inside may
  /// read, such as a solution. `grader`: the program that knows `box` and `box-probe`; empty: this
  /// one.
  static Sandbox strongest(const std::filesystem::path& secret, std::filesystem::path grader = {});

  Confinement level() const { return level_; }
  /// "bubblewrap 0.8.0, seccomp", or why it is not better.
  const std::string& detail() const { return detail_; }

  /// Runs the program in a box of its own. A signal that ended it is told as one, whatever stands
  /// between. Throws InfrastructureError if the box cannot be set up: the program is not to blame.
  ProcessResult run(const ProcessSpec&, const Box&) const;

  /// Lets whoever runs inside write to `folder`, which we made.
  void give(const std::filesystem::path& folder) const;

 private:
  Sandbox(Confinement level, std::filesystem::path grader, std::string detail)
      : level_(level), grader_(std::move(grader)), detail_(std::move(detail)) {}
  bool holds(const std::filesystem::path& secret, std::string& why) const;

  Confinement level_ = Confinement::none;
  std::filesystem::path grader_;
  std::string detail_ = "no sandbox";
};

}  // namespace grader
