#include "overlay.hpp"

#include <algorithm>
#include <set>

#include "files.hpp"
#include "hash.hpp"
#include "object_cache.hpp"
#include "shown_names.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// What one <tinytorch/...> name means: the name below tinytorch/, and the file behind it.
struct Forward {
  fs::path name, target;
};

std::vector<Forward> support_forwards(const Course& course) {
  std::vector<Forward> result;
  const fs::path folder = course.root / "modules" / "support";
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".hpp") continue;
    result.push_back({"support" / entry.path().lexically_relative(folder), entry.path()});
  }
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return result;
}

std::vector<Forward> module_forwards(const Module& module, const fs::path& folder) {
  std::vector<Forward> result;
  for (const fs::path& file : list_files(folder, ".hpp")) {
    const fs::path name = file.filename();
    result.push_back({name == module.header ? name : module.slug / name, file});
  }
  return result;
}

/// A header that went out of use must not linger: a stale one would still be found by #include.
void remove_others(const fs::path& folder, const std::set<fs::path>& kept) {
  std::vector<fs::path> stale;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory() && !kept.count(entry.path())) stale.push_back(entry.path());
  }
  for (const fs::path& file : stale) fs::remove(file);
}

}  // namespace

Overlay Overlay::reference(const Course& course) {
  Overlay overlay;
  for (const Module* module : course.available())
    overlay.folder[module->id] = course.solution_dir(*module);
  return overlay;
}

Overlay Overlay::student(const Course& course, const fs::path& tree) {
  Overlay overlay;
  for (const Module* module : course.available())
    overlay.folder[module->id] = tree / "modules" / module->id;
  return overlay;
}

Overlay Overlay::isolated(const Overlay& mine, const Overlay& rest, const Module& n) {
  Overlay overlay = rest;
  overlay.folder[n.id] = mine.folder.at(n.id);
  return overlay;
}

Overlay Overlay::prefix(const Course& course, const Overlay& first, const Overlay& rest, int k) {
  Overlay overlay = rest;
  for (const Module* module : course.available()) {
    if (module->number() <= k) overlay.folder[module->id] = first.folder.at(module->id);
  }
  return overlay;
}

Overlay Overlay::up_to(const Course& course, int k) const {
  Overlay overlay;
  for (const Module* module : course.available()) {
    const auto found = folder.find(module->id);
    if (module->number() <= k && found != folder.end()) overlay.folder.insert(*found);
  }
  return overlay;
}

fs::path write_overlay(const Course& course, const Overlay& overlay, const fs::path& out) {
  std::vector<Forward> forwards = support_forwards(course);
  for (const Module* module : course.available()) {
    const auto found = overlay.folder.find(module->id);
    if (found == overlay.folder.end()) continue;
    for (Forward& forward : module_forwards(*module, found->second))
      forwards.push_back(std::move(forward));
  }
  const fs::path tree = out / "tinytorch";
  fs::create_directories(tree);
  const FileLock lock(out.string() + ".lock");  // two profiles are built side by side
  std::set<fs::path> written;
  for (const Forward& forward : forwards) {
    const fs::path file = tree / forward.name;
    write_if_changed(
        file, "#pragma once\n#include \"" + fs::absolute(forward.target).generic_string() + "\"\n");
    written.insert(file);
  }
  remove_others(tree, written);
  return out;
}

fs::path written_overlay(const Course& course, const ObjectCache& cache, const Overlay& overlay) {
  ContentHash hash;
  for (const auto& [id, folder] : overlay.folder) hash.add(id).add(fs::absolute(folder).string());
  return write_overlay(course, overlay, cache.folder() / "overlays" / hash.hex());
}

std::string support_hash(const Course& course) {
  ContentHash hash;
  for (const Forward& forward : support_forwards(course)) {
    hash.add(forward.name.generic_string()).add(read_text(forward.target));
  }
  return hash.hex();
}

std::string module_hash(const Course& course, const Module& module, const fs::path& folder) {
  ContentHash hash;
  hash.add(shown_name(course, folder).generic_string());
  for (const Forward& forward : module_forwards(module, folder)) {
    hash.add(forward.name.generic_string()).add(read_text(forward.target));
  }
  return hash.hex();
}

std::string overlay_hash(const Course& course, const Overlay& overlay, const Module& last) {
  ContentHash hash;
  hash.add(support_hash(course));
  for (const Module* module : course.available()) {
    const auto found = overlay.folder.find(module->id);
    if (module->number() <= last.number() && found != overlay.folder.end()) {
      hash.add(module_hash(course, *module, found->second));
    }
  }
  return hash.hex();
}

}  // namespace grader
