#include "folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace grader {
namespace fs = std::filesystem;
namespace {

/// An open file or folder below the submission; every step refuses links.
class Handle {
 public:
  explicit Handle(const fs::path& folder)
      : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  Handle(const Handle& folder, const std::string& name, int flags)
      : fd_(openat(folder.fd_, name.c_str(),
                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags)) {
    problem_ = fd_ < 0 ? errno : 0;
  }
  ~Handle() {
    if (fd_ >= 0) close(fd_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool open_ok() const { return fd_ >= 0; }
  std::string why_not() const { return std::string("cannot be read: ") + std::strerror(problem_); }
  int fd() const { return fd_; }
  /// What `name` in this folder is, or 0 if that cannot be told.
  mode_t type_of(const std::string& name) const {
    struct stat info {};
    return fstatat(fd_, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 ? info.st_mode & S_IFMT : 0;
  }

 private:
  int fd_;
  int problem_ = 0;
};

/// Fills in the text of a regular file, or the problem.
void read_file(const Handle& folder, const std::string& name, std::size_t limit, Entry& entry) {
  const Handle file(folder, name, 0);
  struct stat info {};
  if (!file.open_ok()) {
    entry.problem = file.why_not();
  } else if (fstat(file.fd(), &info) != 0 || !S_ISREG(info.st_mode)) {
    entry.problem = "is no regular file";  // changed since it was looked at
  } else {
    std::string text(limit + 1, '\0');
    std::size_t size = 0;
    for (ssize_t n = 1; n > 0 && size < text.size(); size += static_cast<std::size_t>(n)) {
      n = read(file.fd(), text.data() + size, text.size() - size);
      if (n < 0) {
        entry.problem = std::string("cannot be read: ") + std::strerror(errno);
        return;
      }
    }
    text.resize(size);
    entry.text = std::move(text);
  }
}

class FolderReader {
 public:
  FolderReader(const OwnedNames& owned, const IntakeLimits& limits)
      : owned_(owned), limits_(limits) {}

  /// Adds what is in `folder`, whose path below the submission is top + path.
  void list(const Handle& folder, const std::string& top, const std::string& path) {
    const std::vector<std::string> names = names_in(folder);
    const bool at_root = top.empty() && path.empty();
    const bool modules_here = std::binary_search(names.begin(), names.end(), "modules");
    for (const std::string& name : names) {
      Entry entry;
      entry.path = top + path + name;
      const mode_t type = folder.type_of(name);
      entry.folder = type == S_IFDIR;
      if (type == S_IFLNK) {
        entry.problem = "is a link: links are not followed";
      } else if (type == S_IFREG) {
        if (owned_.owns(path + name)) read_file(folder, name, limits_.file_bytes, entry);
      } else if (type != S_IFDIR) {
        entry.problem = "is no regular file";
      } else if (owned_.leads_to_one(path + name)) {
        enter(folder, name, top, path + name + "/", entry);
      } else if (at_root && !modules_here) {
        const Handle below(folder, name, O_DIRECTORY);
        if (below.open_ok() && below.type_of("modules") != 0) list(below, name + "/", "");
      }
      entries_.push_back(std::move(entry));
    }
  }

  std::vector<Entry> take() { return std::move(entries_); }

 private:
  void enter(const Handle& folder, const std::string& name, const std::string& top,
             const std::string& path, Entry& entry) {
    const Handle below(folder, name, O_DIRECTORY);
    if (below.open_ok()) list(below, top, path);
    else entry.problem = below.why_not();
  }

  /// Sorted, so that a submission is read in the same order on every machine.
  std::vector<std::string> names_in(const Handle& folder) {
    const int fd = fcntl(folder.fd(), F_DUPFD_CLOEXEC, 0);
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(fdopendir(fd), closedir);
    if (!dir) {
      if (fd >= 0) close(fd);
      throw InfrastructureError(std::string("cannot list a folder of the submission: ") +
                                std::strerror(errno));
    }
    std::vector<std::string> names;
    while (const dirent* found = readdir(dir.get())) {
      const std::string name = found->d_name;
      if (name == "." || name == "..") continue;
      if (++seen_ > limits_.entries) {
        throw RefusedSubmission("expects at most " + std::to_string(limits_.entries) +
                                " entries beside its headers, got more");
      }
      names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  const OwnedNames& owned_;
  const IntakeLimits& limits_;
  std::size_t seen_ = 0;
  std::vector<Entry> entries_;
};

bool is_modules(const Entry& entry) {
  const std::string name = fs::path(entry.path).filename().string();
  return name == "modules" && std::count(entry.path.begin(), entry.path.end(), '/') <= 1;
}

}  // namespace

std::vector<Entry> read_folder(const fs::path& folder, const OwnedNames& owned,
                               const IntakeLimits& limits) {
  const Handle top(folder);
  if (!top.open_ok())
    throw UsageError("the submission " + folder.string() + " expects a folder that can be read");
  FolderReader reader(owned, limits);
  reader.list(top, "", "");
  std::vector<Entry> entries = reader.take();
  if (std::none_of(entries.begin(), entries.end(), is_modules)) {
    throw UsageError("the submission " + folder.string() +
                     " expects a folder modules/ with NN_name/*.hpp in it; it is missing");
  }
  return entries;
}

}  // namespace grader
