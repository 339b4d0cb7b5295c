#include "scratch.hpp"

#include <unistd.h>

#include <atomic>
#include <string>

#include "course.hpp"

namespace grader {
namespace fs = std::filesystem;

fs::path unique_path(const fs::path& folder, std::string_view stem) {
  static std::atomic<unsigned> counter{0};
  return folder /
         (std::string(stem) + "." + std::to_string(getpid()) + "." + std::to_string(counter++));
}

ScratchFolder::ScratchFolder(const fs::path& parent, std::string_view stem)
    : path_(unique_path(fs::absolute(parent), stem)) {
  std::error_code error;
  fs::remove_all(path_, error);  // left by a process that had our number and was killed
  fs::create_directories(path_, error);
  if (error) {
    throw InfrastructureError("cannot make the folder " + path_.string() + ": " + error.message());
  }
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace grader
