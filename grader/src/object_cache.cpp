#include "object_cache.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <vector>

#include "course.hpp"
#include "scratch.hpp"

namespace grader {
namespace fs = std::filesystem;

ObjectCache::ObjectCache(fs::path folder) : folder_(fs::absolute(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) {
    throw InfrastructureError("cannot make the cache " + folder_.string() + ": " + error.message());
  }
}

fs::path ObjectCache::place(const std::string& key, const std::string& extension) const {
  return folder_ / key.substr(0, 2) / (key.substr(2) + "." + extension);
}

bool ObjectCache::has(const fs::path& file) const {
  std::error_code error;
  fs::last_write_time(file, fs::file_time_type::clock::now(), error);
  return !error;
}

bool ObjectCache::make(const fs::path& file,
                       const std::function<bool(const fs::path&)>& produce) const {
  fs::create_directories(file.parent_path());
  const fs::path temporary = unique_path(file.parent_path(), "making");
  std::error_code ignored;
  if (!produce(temporary)) {
    fs::remove(temporary, ignored);
    return false;
  }
  fs::rename(temporary, file);
  return true;
}

void ObjectCache::shrink(std::uint64_t limit) const {
  struct Entry {
    fs::file_time_type used;
    std::uint64_t bytes;
    fs::path file;
  };
  std::vector<Entry> entries;
  std::uint64_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder_, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;  // another process may be tidying as well
    if (!it->is_regular_file(gone)) continue;
    const fs::path kind = it->path().extension();
    if (kind == ".hpp" || kind == ".cpp") continue;
    const auto bytes = it->file_size(gone);
    const auto used = it->last_write_time(gone);
    if (gone) continue;
    entries.push_back({used, bytes, it->path()});
    total += bytes;
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.used < b.used; });
  const auto recent = fs::file_time_type::clock::now() - std::chrono::minutes(10);
  for (const Entry& entry : entries) {
    if (total <= limit || entry.used > recent) break;
    if (fs::remove(entry.file, error)) total -= entry.bytes;
  }
}

void ObjectCache::shrink_now_and_then(std::uint64_t limit) const {
  const fs::path mark = folder_ / "shrunk";
  const auto now = fs::file_time_type::clock::now();
  std::error_code error;  // none was made yet
  const auto last = fs::last_write_time(mark, error);
  if (!error && last <= now && now - last < std::chrono::minutes(10)) return;
  std::ofstream(mark) << "when this file was written, the cache was last made smaller\n";
  shrink(limit);
}

FileLock::FileLock(const fs::path& file)
    : fd_(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666)) {
  if (fd_ < 0) throw InfrastructureError("cannot open the lock file " + file.string());
  while (flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

FileLock::~FileLock() { close(fd_); }

}  // namespace grader
