// tito / watcher.hpp: has a header below a folder been saved since the last look?
//
// It looks at times and sizes, a few hundred files in a millisecond. (inotify would say it sooner, but not on shared
// folders of virtual machines, where some students work.)
#pragma once
#include <filesystem>
#include <map>
#include <utility>

namespace tito {

class Watcher {
 public:
  explicit Watcher(std::filesystem::path folder) : folder_(std::move(folder)), seen_(look()) {}

  /// True once for each change: a file written, added, renamed or removed.
  bool changed();

 private:
  using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
  using Files = std::map<std::filesystem::path, Stamp>;
  Files look() const;

  std::filesystem::path folder_;
  Files seen_;
};

}  // namespace tito
