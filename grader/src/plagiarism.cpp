#include "plagiarism.hpp"

#include <openssl/rand.h>

#include <map>
#include <set>

#include "batch.hpp"
#include "export/csv_read.hpp"
#include "export/escape.hpp"
#include "files.hpp"
#include "intake.hpp"
#include "own_code.hpp"
#include "scratch.hpp"
#include "sync.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

std::string random_name() {
  unsigned char bytes[4];
  if (RAND_bytes(bytes, sizeof bytes) != 1)
    throw InfrastructureError("OpenSSL cannot make random numbers on this machine");
  char text[16];
  std::snprintf(text, sizeof text, "s%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
  return text;
}

/// Who is who: random, so that neither names nor their order can be guessed from pseudonyms.
class Mapping {
 public:
  explicit Mapping(fs::path file) : file_(std::move(file)) {
    if (!fs::exists(file_)) return;
    for (const std::vector<std::string>& row : parse_csv(read_text(file_))) {
      if (row.size() < 2 || row[0] == "pseudonym") continue;
      by_id_[row[1]] = row[0];
      taken_.insert(row[0]);
    }
  }

  std::string pseudonym(const std::string& id) {
    std::string& name = by_id_[written(id)];
    while (name.empty()) {
      const std::string random = random_name();
      if (taken_.insert(random).second) name = random;
    }
    return name;
  }

  void write() const {
    std::string text = "pseudonym,id\r\n";
    for (const auto& [id, name] : by_id_) text += name + "," + csv_cell(id) + "\r\n";
    write_atomically(file_, text, 0600);
  }

 private:
  /// As it can be read back from a cell.
  static std::string written(const std::string& id) { return parse_csv(csv_cell(id)).at(0).at(0); }

  fs::path file_;
  std::map<std::string, std::string> by_id_;
  std::set<std::string> taken_;
};

bool lies_in(const fs::path& file, const fs::path& folder) {
  const fs::path below =
      fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(folder));
  return !below.empty() && *below.begin() != "..";
}

/// A module of one tree, all its headers in one text.
std::string own_module(const Course& course, const Module& module, const fs::path& folder) {
  std::string text;
  for (const GeneratedFile& skeleton : skeletons(course, module)) {
    if (fs::is_regular_file(folder / skeleton.name))
      text += own_code(read_text(folder / skeleton.name), skeleton.text);
  }
  return text;
}

}  // namespace

PlagiarismExport export_for_plagiarism(const Course& course, const PlagiarismOptions& options) {
  const std::vector<const Module*> modules = course.select(options.modules);
  PlagiarismExport result;
  result.mapping = options.mapping.empty()
                       ? fs::path(options.out.lexically_normal().string() + ".mapping.csv")
                       : options.mapping;
  if (lies_in(result.mapping, options.out))
    throw UsageError("plagiarism-export: expects the mapping outside of " + options.out.string() +
                     ", got " + result.mapping.string());
  std::map<std::string, std::string> lists;  // info.csv by module
  for (const Module* module : modules) {
    const fs::path folder = options.out / module->id, name = module->id + ".hpp";
    if (fs::exists(folder))
      throw UsageError("plagiarism-export: expects no " + folder.string() +
                       " yet\n  hint: an earlier export; remove it, or name another --out");
    const fs::path known = fs::path("known") / "reference" / name;
    write_if_changed(folder / known, own_module(course, *module, course.solution_dir(*module)));
    lists[module->id] = "filename,label\r\n" + known.generic_string() + ",reference\r\n";
    result.modules.push_back(module->id);
  }
  Mapping mapping(result.mapping);
  const ScratchFolder scratch(course.root / "build", "plagiarism");
  for (const auto& [id, source] : find_submissions(options.submissions)) {
    Submission submission;
    try {
      submission = take_submission(course, source, scratch.path());
    } catch (const UsageError& error) {
      result.left_out.push_back(id + ": " + error.what());
      continue;
    }
    bool wrote = false;
    for (const Module* module : modules) {
      const std::string text =
          own_module(course, *module, submission.tree / "modules" / module->id);
      if (text.empty()) {
        const auto problem = submission.problems.find(module->id);
        result.left_out.push_back(
            id + ": " + module->id + ": " +
            (problem == submission.problems.end() ? "nothing was written" : problem->second));
        continue;
      }
      wrote = true;
      const fs::path file = fs::path("submissions") / mapping.pseudonym(id) / (module->id + ".hpp");
      write_if_changed(options.out / module->id / file, text);
      lists[module->id] += file.generic_string() + ",student\r\n";
    }
    result.students += wrote;
    fs::remove_all(submission.tree);
  }
  mapping.write();
  for (const auto& [module, list] : lists)
    write_atomically(options.out / module / "info.csv", list);
  return result;
}

}  // namespace grader
