#include "sync.hpp"

#include <map>
#include <set>

#include "files.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using Form = std::string (*)(const std::string&, const Module&, const fs::path&);

std::vector<GeneratedFile> generate(const Course& course, const Module& module, Form form) {
  std::vector<GeneratedFile> files;
  for (const SolutionSource& source : read_solution(course, module)) {
    files.push_back({source.name, form(source.text, module, source.shown)});
  }
  return files;
}

void write_all(const std::vector<GeneratedFile>& files, const fs::path& folder) {
  std::set<std::string> names;
  for (const GeneratedFile& file : files) {
    write_if_changed(folder / file.name, file.text);
    names.insert(file.name);
  }
  for (const fs::path& file : list_files(folder, ".hpp")) {
    if (!names.count(file.filename().string())) fs::remove(file);
  }
}

Overlay write_tree(const Course& course, const fs::path& tree, Form form) {
  for (const Module* module : course.available()) {
    write_all(generate(course, *module, form), tree / "modules" / module->id);
  }
  return Overlay::student(course, tree);
}

}  // namespace

std::vector<SolutionSource> read_solution(const Course& course, const Module& module) {
  std::vector<SolutionSource> sources;
  std::map<std::string, std::string> first_place;
  for (const fs::path& file : list_files(course.solution_dir(module), ".hpp")) {
    SolutionSource source;
    source.name = file.filename().string();
    source.shown = fs::path("solutions") / module.id / source.name;
    source.text = read_text(file);
    source.regions = parse_regions(source.text, source.shown);
    for (const Region& region : source.regions) {
      const std::string place =
          source.shown.generic_string() + ":" + std::to_string(region.begin_line);
      const auto [other, added] = first_place.emplace(region.id, place);
      if (!added) {
        throw RegionError(place + ": a second region " + region.id + " (the first is at " +
                          other->second + "); give each region its own id");
      }
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<GeneratedFile> skeletons(const Course& course, const Module& module) {
  return generate(course, module, skeleton_text);
}

std::vector<GeneratedFile> probes(const Course& course, const Module& module) {
  return generate(course, module, probe_text);
}

void write_skeletons(const Course& course, const Module& module, const fs::path& module_dir) {
  write_all(skeletons(course, module), module_dir);
}

void write_probes(const Course& course, const Module& module, const fs::path& module_dir) {
  write_all(probes(course, module), module_dir);
}

Overlay skeleton_tree(const Course& course, const fs::path& tree) {
  return write_tree(course, tree, skeleton_text);
}

Overlay probe_tree(const Course& course, const fs::path& tree) {
  return write_tree(course, tree, probe_text);
}

Overlay solved_tree(const Course& course, const fs::path& tree) {
  const Form as_it_is = [](const std::string& text, const Module&, const fs::path&) {
    return text;
  };
  return write_tree(course, tree, as_it_is);
}

BlankPlace find_blank_place(const fs::path& module_dir, const std::string& blank_id) {
  BlankPlace comment;
  for (const fs::path& file : list_files(module_dir, ".hpp")) {
    const std::vector<std::string> lines = split_lines(read_text(file));
    for (int number = 1; number <= static_cast<int>(lines.size()); ++number) {
      const std::string_view line = trim(lines[number - 1]);
      if (line.starts_with("//")) {
        if (comment.file.empty() && line.find("TODO(" + blank_id + ")") != line.npos) {
          comment = {file, number, true};
        }
      } else if (line.find("todo(\"" + blank_id + "\"") != line.npos) {
        return {file, number, false};
      }
    }
  }
  comment.written = true;
  return comment;
}

}  // namespace grader
