#include "skeleton_guard.hpp"

#include <sstream>

#include "files.hpp"
#include "hash.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Course;
using grader::Module;
namespace {

fs::path record_file(const Course& course) { return course.root / "modules" / ".skeletons"; }

void write_record(const Course& course, const SkeletonRecord& record) {
  std::string text =
      "# Hashes of the generated skeletons, written by tito dev sync: how it knows a student's work.\n";
  for (const auto& [name, hash] : record) text += hash + "  " + name + "\n";
  if (!fs::exists(record_file(course)) || grader::read_text(record_file(course)) != text) {
    grader::write_atomically(record_file(course), text);
  }
}

class Sync {
 public:
  Sync(const Course& course, bool force, const fs::path& backup)
      : course_(course), record_(read_skeleton_record(course)), force_(force), backup_(backup) {}

  void module(const Module& module) {
    const fs::path folder = course_.student_dir(module);
    std::map<fs::path, std::string> wanted;
    for (const grader::GeneratedFile& file : skeletons(course_, module))
      wanted[folder / file.name] = file.text;
    for (const auto& [file, text] : wanted) write(file, text);
    for (const fs::path& file : grader::list_files(folder, ".hpp")) {
      if (wanted.count(file) == 0) remove(file);
    }
  }

  SyncReport report;

 private:
  void write(const fs::path& file, const std::string& text) {
    if (fs::exists(file) && grader::read_text(file) == text) return;
    if (fs::exists(file) && !may_replace(file)) {
      report.kept.push_back(file);
      return;
    }
    grader::write_if_changed(file, text);
    report.written.push_back(file);
  }

  void remove(const fs::path& file) {
    if (!may_replace(file)) {
      report.kept.push_back(file);
      return;
    }
    fs::remove(file);
    report.removed.push_back(file);
  }

  /// A generated file may go; a student's only by force, and into the backup first.
  bool may_replace(const fs::path& file) {
    const auto known = record_.find(name_of(file));
    if (known != record_.end() && known->second == grader::content_hash(grader::read_text(file)))
      return true;
    if (!force_) return false;
    const fs::path copy = backup_ / "modules" / name_of(file);
    fs::create_directories(copy.parent_path());
    fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
    report.backup = backup_;
    return true;
  }

  std::string name_of(const fs::path& file) const {
    return file.lexically_relative(course_.root / "modules").generic_string();
  }

  const Course& course_;
  SkeletonRecord record_;
  bool force_;
  fs::path backup_;
};

}  // namespace

SkeletonRecord read_skeleton_record(const Course& course) {
  SkeletonRecord record;
  if (!fs::exists(record_file(course))) return record;
  for (const std::string& line : grader::split_lines(grader::read_text(record_file(course)))) {
    std::istringstream words(line);
    std::string hash, name;
    if (!line.starts_with('#') && words >> hash >> name) record[name] = hash;
  }
  return record;
}

SkeletonRecord expected_skeleton_record(const Course& course) {
  SkeletonRecord record;
  for (const Module* module : course.available()) {
    for (const grader::GeneratedFile& file : skeletons(course, *module)) {
      record[module->id + "/" + file.name] = grader::content_hash(file.text);
    }
  }
  return record;
}

SyncReport sync_skeletons(const Course& course, bool force, const fs::path& backup) {
  const SkeletonRecord record =
      expected_skeleton_record(course);  // throws before anything is written
  Sync sync(course, force, backup);
  for (const Module* module : course.available()) sync.module(*module);
  write_record(course, record);
  return sync.report;
}

void back_up_module(const Course& course, const Module& module, const fs::path& backup) {
  const fs::path folder = backup / "modules" / module.id;
  fs::create_directories(folder);
  for (const fs::path& file : grader::list_files(course.student_dir(module), ".hpp")) {
    fs::copy_file(file, folder / file.filename(), fs::copy_options::overwrite_existing);
  }
}

}  // namespace tito
