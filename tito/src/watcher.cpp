#include "watcher.hpp"

namespace tito {
namespace fs = std::filesystem;

bool Watcher::changed() {
  Files now = look();
  if (now == seen_) return false;
  seen_ = std::move(now);
  return true;
}

/// Editors save by renaming: a file may vanish between being listed and being asked.
Watcher::Files Watcher::look() const {
  Files files;
  std::error_code error;
  for (auto it = fs::recursive_directory_iterator(folder_, error);
       !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    if (it->path().extension() != ".hpp") continue;
    std::error_code gone;
    const Stamp stamp(it->last_write_time(gone), it->file_size(gone));
    if (!gone) files[it->path()] = stamp;
  }
  return files;
}

}  // namespace tito
