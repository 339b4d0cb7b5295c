#include "sandbox/sandbox.hpp"

#include <unistd.h>

#include <mutex>

#include "course.hpp"
#include "sandbox/bubblewrap.hpp"
#include "sandbox/landlock.hpp"
#include "sandbox/probe.hpp"
#include "sandbox/syscall_filter.hpp"
#include "scratch.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// Root's powers survive in some corners of any box (/proc/sys), so root never goes in.
constexpr Identity nobody{65534, 65534};

bool we_are_root() { return geteuid() == 0; }

/// grader box: the second level, applied by ourselves before we become the program.
ProcessSpec with_landlock(ProcessSpec spec, const fs::path& grader, const Box& box) {
  std::vector<std::string> words = {grader.string(), "box"};
  for (const fs::path& path : box.readable) words.insert(words.end(), {"--read", path.string()});
  if (!box.writable.empty()) words.insert(words.end(), {"--write", box.writable.string()});
  words.push_back("--");
  words.insert(words.end(), spec.arguments.begin(), spec.arguments.end());
  spec.arguments = std::move(words);
  if (!box.writable.empty()) {
    spec.folder = box.writable;
    spec.environment.push_back("TMPDIR=" + box.writable.string());
  }
  return spec;
}

}  // namespace

std::string to_string(Confinement level) {
  switch (level) {
    case Confinement::none: return "none";
    case Confinement::weak: return "weak";
    case Confinement::partial: return "partial";
    case Confinement::full: return "full";
  }
  return "none";
}

Sandbox Sandbox::strongest(const fs::path& secret, fs::path grader) {
  if (grader.empty()) grader = fs::read_symlink("/proc/self/exe");
  std::string why_not_full = "bubblewrap is not installed", why_not_partial;
  if (!syscall_filter_available()) {
    why_not_full = "the grader was built without libseccomp";
    why_not_partial = why_not_full;
  } else {
    if (const std::string version = bubblewrap_version(); !version.empty()) {
      const Sandbox full(Confinement::full, grader, "bubblewrap " + version + ", seccomp");
      if (full.holds(secret, why_not_full)) return full;
    }
    if (const int abi = landlock_version(); abi > 0) {
      const Sandbox partial(
          Confinement::partial, grader,
          "Landlock " + std::to_string(abi) + ", seccomp; not full: " + why_not_full);
      if (partial.holds(secret, why_not_partial)) return partial;
    } else {
      why_not_partial = "this kernel has no Landlock";
    }
  }
  const std::string reasons = "; not full: " + why_not_full + "; not partial: " + why_not_partial;
  if (we_are_root()) return {Confinement::weak, grader, "another user and limits" + reasons};
  return {Confinement::none, grader, "limits only" + reasons};
}

bool Sandbox::holds(const fs::path& secret, std::string& why) const {
  try {
    ProcessSpec spec;
    spec.arguments = {grader_.string(), "box-probe", fs::absolute(secret).string()};
    spec.environment = minimal_environment();
    spec.wall_seconds = 20;
    spec.record_pipe = true;
    const ProcessResult result = run(spec, {.readable = {grader_}, .writable = {}});
    if (result.ok() && result.record == probe_passed()) return true;
    why = result.record.empty() ? "the probe did not run: " + clean_text(result.err, 200)
                                : "the probe got through: " + clean_text(result.record, 200);
  } catch (const InfrastructureError& error) {
    why = clean_text(error.what(), 200);
  }
  while (!why.empty() && why.back() == '\n') why.pop_back();
  return false;
}

ProcessResult Sandbox::run(const ProcessSpec& spec, const Box& box) const {
  ProcessSpec boxed = spec;
  if (level_ != Confinement::none && we_are_root()) boxed.run_as = nobody;
  if (level_ == Confinement::full) return run_in_bubblewrap(boxed, box);
  if (level_ == Confinement::partial) boxed = with_landlock(boxed, grader_, box);
  return run_process(boxed);
}

void Sandbox::give(const fs::path& folder) const {
  if (level_ == Confinement::none || !we_are_root()) return;
  if (chown(folder.c_str(), nobody.user, nobody.group) != 0)
    throw InfrastructureError("cannot give " + folder.string() + " to another user");
}

}  // namespace grader
