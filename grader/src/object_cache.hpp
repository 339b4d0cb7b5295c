// grader / object_cache.hpp: results of expensive steps, found again by what went into them.
//
//   const auto object = cache.place(key, "o");
//   if (!cache.has(object)) cache.make(object, [&](const auto& temporary) { return
//   compile_to(temporary); });
// A file appears whole or not at all, so any number of processes may share a cache. It is safe to
// delete at any time; what was not used for longest goes first when it grows too large.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace grader {

class ObjectCache {
 public:
  explicit ObjectCache(std::filesystem::path folder);

  const std::filesystem::path& folder() const { return folder_; }

  /// The file for this key, whether or not it is there yet.
  std::filesystem::path place(const std::string& key, const std::string& extension) const;

  /// Is it there? Marks it as used.
  bool has(const std::filesystem::path& file) const;

  /// Lets `produce` write a temporary file and, if that says true, puts it in place.
  bool make(const std::filesystem::path& file,
            const std::function<bool(const std::filesystem::path& temporary)>& produce) const;

  /// Removes the files that were not used for longest until at most `limit` bytes are left. Never
  /// one that was used in the last ten minutes, and no source text: it is small, and precompiled
  /// headers refer to it by its place.
  void shrink(std::uint64_t limit) const;

  /// The same, unless that was done in the last ten minutes: with thousands of files it takes as
  /// long as a link.
  void shrink_now_and_then(std::uint64_t limit) const;

 private:
  std::filesystem::path folder_;
};

/// Held by one process at a time: long steps that two would otherwise do twice.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int fd_;
};

}  // namespace grader
