#include "sandbox/bubblewrap.hpp"

#include <algorithm>
#include <cmath>

#include "course.hpp"
#include "files.hpp"
#include "sandbox/syscall_filter.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using Arguments = std::vector<std::string>;

void append(Arguments& list, const Arguments& more) {
  list.insert(list.end(), more.begin(), more.end());
}

Arguments walls(const ProcessSpec& spec, const Box& box) {
  Arguments words = {"bwrap",
                     "--unshare-all",
                     "--unshare-user",
                     "--disable-userns",
                     "--cap-drop",
                     "ALL",
                     "--new-session",
                     "--die-with-parent",
                     "--hostname",
                     "grader",
                     "--clearenv",
                     "--ro-bind",
                     "/usr",
                     "/usr",
                     "--symlink",
                     "usr/bin",
                     "/bin",
                     "--symlink",
                     "usr/lib",
                     "/lib",
                     "--symlink",
                     "usr/lib64",
                     "/lib64",
                     "--proc",
                     "/proc",
                     "--dev",
                     "/dev",
                     "--size",
                     "1048576",
                     "--tmpfs",
                     "/dev/shm",
                     "--remount-ro",
                     "/dev",
                     "--size",
                     std::to_string(box.scratch_bytes),
                     "--tmpfs",
                     "/tmp"};
  for (const std::string& variable : spec.environment) {
    const std::size_t equals = variable.find('=');
    append(words, {"--setenv", variable.substr(0, equals), variable.substr(equals + 1)});
  }
  // A folder before what lies in it: a later bind would cover an earlier one.
  std::vector<fs::path> readable = box.readable;
  std::sort(readable.begin(), readable.end());
  for (const fs::path& path : readable) append(words, {"--ro-bind", path, path});
  if (!box.writable.empty()) append(words, {"--bind", box.writable, box.writable});
  append(words, {"--remount-ro", "/", "--chdir", box.writable.empty() ? "/tmp" : box.writable});
  append(words, {"--seccomp", "4", "--"});
  return words;
}

Arguments limits(const ProcessSpec& spec, const Box& box) {
  Arguments words = {"prlimit", "--core=0", "--nofile=64",
                     "--nproc=" + std::to_string(box.processes)};
  const auto add = [&](const char* name, std::uint64_t bytes) {
    if (bytes > 0) words.push_back(std::string(name) + std::to_string(bytes));
  };
  add("--as=", spec.memory_bytes);
  add("--fsize=", spec.file_bytes);
  add("--stack=", spec.stack_bytes);
  if (spec.cpu_seconds > 0) {
    const auto soft = static_cast<std::uint64_t>(std::ceil(spec.cpu_seconds));
    words.push_back("--cpu=" + std::to_string(soft) + ":" + std::to_string(soft + 2));
  }
  words.push_back("--");
  return words;
}

/// bwrap tells a signal as a shell does: 128 + its number.
void tell_signal(ProcessResult& result) {
  if (result.exit_code <= 128 || result.exit_code > 128 + 64) return;
  result.signal = result.exit_code - 128;
  result.exit_code = -1;
}

/// `program` in the box. Descriptor 4 is the filter's, and bwrap closes it.
ProcessResult run_behind_walls(const ProcessSpec& spec, const Box& box, const Arguments& program) {
  const SyscallFilterFile filter;
  ProcessSpec boxed = spec;
  boxed.arguments = walls(spec, box);
  append(boxed.arguments, limits(spec, box));
  append(boxed.arguments, program);
  boxed.passed_descriptor = filter.descriptor();
  boxed.folder = "/";
  boxed.cpu_seconds = 0;  // these hold inside
  boxed.memory_bytes = boxed.file_bytes = boxed.stack_bytes = 0;
  return run_process(boxed);
}

}  // namespace

std::string bubblewrap_version() {
  if (find_program("bwrap").empty() || find_program("prlimit").empty()) return "";
  ProcessSpec spec;
  spec.arguments = {"bwrap", "--version"};
  spec.environment = minimal_environment();
  spec.wall_seconds = 10;
  const std::string words(trim(run_process(spec).out));
  return words.substr(words.rfind(' ') + 1);
}

ProcessResult run_in_bubblewrap(const ProcessSpec& spec, const Box& box) {
  ProcessResult result = run_behind_walls(spec, box, spec.arguments);
  // A program can say what bwrap says. Were it the box that failed, it would fail for one that does
  // nothing, too.
  if (result.exit_code == 1 && result.err.starts_with("bwrap: ") &&
      !run_behind_walls(spec, box, {"true"}).ok()) {
    throw InfrastructureError("the sandbox cannot be set up\n  " + result.err);
  }
  tell_signal(result);
  return result;
}

}  // namespace grader
