#include "entry_names.hpp"

#include <algorithm>

#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace {

constexpr std::size_t longest_name = 240;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The marks that turn the direction of writing, controls, and bytes that are no UTF-8.
bool has_hidden_characters(std::string_view path) {
  return path.find_first_of("\n\t") != path.npos || clean_text(path, path.size()) != path;
}

}  // namespace

OwnedNames OwnedNames::of(const Course& course) {
  std::set<std::string> names;
  for (const Module* module : course.available()) {
    for (const auto& header : list_files(course.solution_dir(*module), ".hpp"))
      names.insert("modules/" + module->id + "/" + header.filename().string());
  }
  return OwnedNames(std::move(names));
}

bool OwnedNames::owns_below_top(std::string_view path) const {
  const auto slash = path.find('/');
  return owns(path) || (slash != path.npos && owns(path.substr(slash + 1)));
}

bool OwnedNames::leads_to_one(std::string_view folder) const {
  const std::string start = std::string(folder) + "/";
  const auto next = names_.lower_bound(start);
  return next != names_.end() && next->compare(0, start.size(), start) == 0;
}

std::string OwnedNames::owned_twin(std::string_view path) const {
  const std::string folded = fold_case(path);
  const auto twin = std::find_if(names_.begin(), names_.end(), [&](const std::string& name) {
    return fold_case(name) == folded;
  });
  return twin == names_.end() || *twin == path ? "" : *twin;
}

std::string OwnedNames::foreign_part(std::string_view path) const {
  for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    if (!leads_to_one(path.substr(0, slash))) return std::string(path.substr(0, slash + 1));
  }
  return std::string(path);
}

std::string plain_name(std::string_view path) {
  if (path.substr(0, 2) == "./") path.remove_prefix(2);
  if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return std::string(path);
}

std::string name_problem(std::string_view path) {
  if (path.empty()) return "has no name";
  if (path.size() > longest_name)
    return "has a name of more than " + std::to_string(longest_name) + " bytes";
  if (has_hidden_characters(path)) return "has a name with characters that cannot be seen";
  if (path.front() == '/') return "has an absolute name";
  if (path.find('\\') != path.npos) return "has a \\ in its name, which some systems take for /";
  for (std::string_view rest = path; !rest.empty();) {
    const auto slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(slash == rest.npos ? rest.size() : slash + 1);
    if (part == "..") return "climbs out with ..";
    if (part.empty() || part == ".") return "has an empty part or a . in its name";
    if (part.front() == '-') return "has a part that starts with -, as options do";
  }
  return "";
}

std::string fold_case(std::string_view path) {
  std::string folded(path);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  return folded;
}

std::string shown_path(std::string_view path) {
  std::string line(path.substr(0, 200));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, '?');
  return clean_text(line, line.size() * 3) + (path.size() > 200 ? "..." : "");
}

}  // namespace grader
