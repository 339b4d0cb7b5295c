#include "intake.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t size_limit = 1 << 20;

/// An open file or folder below the submission; every step refuses links.
class Entry {
 public:
  explicit Entry(const fs::path& folder)
      : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  Entry(const Entry& folder, const std::string& name, int flags)
      : fd_(openat(folder.fd_, name.c_str(),
                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags)) {
    problem_ = fd_ < 0 ? errno : 0;
  }
  ~Entry() {
    if (fd_ >= 0) close(fd_);
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  bool open_ok() const { return fd_ >= 0; }
  std::string why_not() const {
    if (problem_ == ELOOP || problem_ == ENOTDIR)
      return "is a link or not what it should be: links are not followed";
    return problem_ == ENOENT ? "is missing"
                              : std::string("cannot be read: ") + std::strerror(problem_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
  int problem_ = 0;
};

/// The whole file, or nothing and the reason.
std::optional<std::string> read_entry(const Entry& folder, const std::string& name,
                                      std::string& reason) {
  const Entry file(folder, name, 0);
  if (!file.open_ok()) {
    reason = file.why_not();
    return std::nullopt;
  }
  struct stat info {};
  if (fstat(file.fd(), &info) != 0 || !S_ISREG(info.st_mode)) {
    reason = "is no regular file";
    return std::nullopt;
  }
  std::string text(size_limit + 1, '\0');
  std::size_t size = 0;
  for (ssize_t n = 1; n > 0 && size < text.size();
       size += static_cast<std::size_t>(std::max<ssize_t>(n, 0))) {
    n = read(file.fd(), text.data() + size, text.size() - size);
  }
  if (size > size_limit) {
    reason = "is larger than 1 MB";
    return std::nullopt;
  }
  text.resize(size);
  return text;
}

}  // namespace

Submission take_submission(const Course& course, const fs::path& folder, const fs::path& parent) {
  const Entry top(folder);
  if (!top.open_ok())
    throw UsageError("the submission " + folder.string() + " expects a folder that can be read");
  const Entry modules(top, "modules", O_DIRECTORY);
  if (!modules.open_ok()) {
    throw UsageError("the submission " + folder.string() +
                     " expects a folder modules/ with NN_name/*.hpp in it; it " +
                     modules.why_not());
  }
  Submission submission;
  std::map<fs::path, std::string> taken;
  ContentHash hash;
  for (const Module* module : course.available()) {
    const Entry mine(modules, module->id, O_DIRECTORY);
    std::string problem;
    if (!mine.open_ok()) problem = "modules/" + module->id + " " + mine.why_not();
    for (const fs::path& source : list_files(course.solution_dir(*module), ".hpp")) {
      if (!problem.empty()) break;
      const fs::path name = fs::path("modules") / module->id / source.filename();
      std::string reason;
      if (auto text = read_entry(mine, source.filename().string(), reason)) {
        hash.add(name.generic_string()).add(*text);
        taken[name] = std::move(*text);
      } else {
        problem = name.generic_string() + " " + reason;
      }
    }
    if (!problem.empty())
      submission.problems[module->id] = "the submission lacks this module: " + problem;
  }
  submission.hash = hash.hex();
  submission.tree = fs::absolute(parent) / submission.hash;
  std::error_code error;
  fs::remove_all(submission.tree, error);
  for (const Module* module : course.available())
    fs::create_directories(submission.tree / "modules" / module->id);
  for (const auto& [name, text] : taken) write_if_changed(submission.tree / name, text);
  return submission;
}

}  // namespace grader
