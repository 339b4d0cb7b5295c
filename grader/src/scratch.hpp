// grader / scratch.hpp: names and folders that nobody else uses.
#pragma once
#include <filesystem>
#include <string_view>

namespace grader {

/// A new name below `folder`, unlike those of any other process or thread. Nothing is made.
std::filesystem::path unique_path(const std::filesystem::path& folder, std::string_view stem);

/// A fresh folder that disappears with the object.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent, std::string_view stem = "scratch");
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace grader
