#include "sandbox/landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace grader {
namespace fs = std::filesystem;
namespace {

// What newer kernels know and older headers do not name: linux/landlock.h of 6.12.
constexpr std::uint64_t access_refer = 1ull << 13;     // version 2
constexpr std::uint64_t access_truncate = 1ull << 14;  // version 3
constexpr std::uint64_t access_ioctl = 1ull << 15;     // version 5
constexpr std::uint64_t network_both = 3;              // version 4: TCP bind and connect
constexpr std::uint64_t scope_both = 3;                // version 6: abstract sockets and signals

struct RulesetAttributes {  // landlock_ruleset_attr as it has grown
  std::uint64_t files = 0, network = 0, scope = 0;
};

constexpr std::uint64_t reading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t of_files =  // what makes sense for something that is no folder
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    access_truncate | access_ioctl;

RulesetAttributes all_of(int version) {
  RulesetAttributes attributes;
  attributes.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // version 1: everything up to this
  if (version >= 2) attributes.files |= access_refer;
  if (version >= 3) attributes.files |= access_truncate;
  if (version >= 5) attributes.files |= access_ioctl;
  if (version >= 4) attributes.network = network_both;
  if (version >= 6) attributes.scope = scope_both;
  return attributes;
}

std::size_t size_for(int version) { return version >= 6 ? 24 : version >= 4 ? 16 : 8; }

bool allow(int ruleset, const fs::path& path, std::uint64_t access) {
  const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
  struct stat info {};
  if (fd < 0 || fstat(fd, &info) != 0) return false;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(info.st_mode) ? access : access & of_files;
  rule.parent_fd = fd;
  const long done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(fd);
  return done == 0;
}

}  // namespace

int landlock_version() {
  const long version =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

bool enter_landlock(const std::vector<fs::path>& readable, const std::vector<fs::path>& writable) {
  const int version = landlock_version();
  if (version == 0) return false;
  const RulesetAttributes attributes = all_of(version);
  const int ruleset =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size_for(version), 0));
  if (ruleset < 0) return false;
  bool ok = allow(ruleset, "/usr", reading);
  const std::uint64_t device = (reading | LANDLOCK_ACCESS_FS_WRITE_FILE) & attributes.files;
  ok = ok && allow(ruleset, "/dev/null", device);
  for (const fs::path& path : readable) ok = ok && allow(ruleset, path, reading);
  for (const fs::path& path : writable) ok = ok && allow(ruleset, path, attributes.files);
  ok = ok && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
       syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return ok;
}

}  // namespace grader
