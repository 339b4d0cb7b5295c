// grader / profiles.hpp: cmake/profiles.json, the flags of every way to compile a test.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace grader {

struct Profile {
  std::vector<std::string> compile, link;
};

struct Profiles {
  std::map<std::string, Profile> by_name;  // plain, asan, double, asan-double, release
  std::vector<std::string> test_link;      // for programs with the recorder
  std::vector<std::string> warnings, skeleton_warnings;

  /// Throws UsageError that says what is wrong with the file.
  static Profiles load(const std::filesystem::path& root);
  /// "plain-O2" is plain with -O2 in place of -O0. Throws UsageError listing the names.
  Profile at(const std::string& name) const;
};

}  // namespace grader
