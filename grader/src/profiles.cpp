#include "profiles.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "course.hpp"
#include "files.hpp"

namespace grader {

Profiles Profiles::load(const std::filesystem::path& root) {
  Profiles profiles;
  try {
    const auto file = nlohmann::json::parse(read_text(root / "cmake" / "profiles.json"));
    for (const auto& [name, value] : file.items()) {
      if (value.is_object()) {
        profiles.by_name[name] = {value.at("compile").get<std::vector<std::string>>(),
                                  value.at("link").get<std::vector<std::string>>()};
      }
    }
    file.at("test_link").get_to(profiles.test_link);
    file.at("warnings").get_to(profiles.warnings);
    file.at("skeleton_warnings").get_to(profiles.skeleton_warnings);
  } catch (const nlohmann::json::exception& error) {
    throw UsageError("cmake/profiles.json: " + std::string(error.what()));
  }
  return profiles;
}

Profile Profiles::at(const std::string& name) const {
  if (const auto found = by_name.find(name); found != by_name.end()) return found->second;
  if (const std::size_t level = name.rfind("-O"); level != std::string::npos) {
    Profile profile = at(name.substr(0, level));
    std::replace(profile.compile.begin(), profile.compile.end(), std::string("-O0"),
                 name.substr(level));
    return profile;
  }
  std::string names;
  for (const auto& [known, profile] : by_name) names += (names.empty() ? "" : ", ") + known;
  throw UsageError("no profile '" + name + "' in cmake/profiles.json; there are " + names);
}

}  // namespace grader
