#include "intake.hpp"

#include <set>

#include "archive.hpp"
#include "entry_names.hpp"
#include "files.hpp"
#include "folder.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_rejected = 100;

/// The folder below which the headers lie, "" or "alice-main/". Two of them are refused: which one
/// is graded would be a guess. Headers at the top win over copies in a folder, as a backup is.
std::string common_top(const std::vector<Entry>& entries, const OwnedNames& owned) {
  std::set<std::string> tops;
  for (const Entry& entry : entries) {
    const std::string path = plain_name(entry.path);
    if (owned.owns(path)) return "";
    if (name_problem(path).empty() && owned.owns_below_top(path))
      tops.insert(path.substr(0, path.find('/') + 1));
  }
  if (tops.size() > 1) {
    throw RefusedSubmission("expects one folder with modules/ in it, got " +
                            shown_path(*tops.begin()) + " and " + shown_path(*tops.rbegin()));
  }
  return tops.empty() ? "" : *tops.begin();
}

/// Decides about the entries of one submission.
class Sorter {
 public:
  explicit Sorter(const OwnedNames& owned) : owned_(owned) {}

  void sort(const std::vector<Entry>& entries) {
    top_ = common_top(entries, owned_);
    for (const Entry& entry : entries) note(entry);
    for (const Entry& entry : entries) decide(entry);
    std::size_t bytes = 0;
    for (const auto& [name, text] : taken) bytes += text.size();
    if (bytes > IntakeLimits().taken_bytes) {
      taken.clear();
      throw RefusedSubmission("expects at most 5 MB of headers, got more");
    }
  }

  void reject(const std::string& path, const std::string& reason) {
    if (!listed_.insert(path + '\n' + reason).second) return;
    if (rejected.size() < most_rejected) rejected.push_back({shown_path(path), reason});
    else ++rejected_more;
  }

  /// Why this module cannot be graded, or "".
  std::string problem(const Module& module) const {
    const std::string folder = "modules/" + module.id;
    for (const std::string& place : {std::string("modules"), folder}) {
      if (const auto found = reasons_.find(place); found != reasons_.end())
        return place + " " + found->second;
    }
    if (folders_.count(folder) == 0) return folder + " is missing";
    for (const std::string& name : owned_.names()) {
      if (name.compare(0, folder.size() + 1, folder + "/") != 0 || taken.count(name) != 0) continue;
      const auto found = reasons_.find(name);
      return name + " " + (found == reasons_.end() ? "is missing" : found->second);
    }
    return "";
  }

  std::map<std::string, std::string> taken;  // owned name -> text
  std::vector<Rejected> rejected;
  std::size_t rejected_more = 0;

 private:
  /// The path below the common top, or nothing for what lies outside it.
  std::string below_top(const std::string& path) const {
    return path.compare(0, top_.size(), top_) == 0 ? path.substr(top_.size()) : "";
  }

  /// What the entries are together: a name alone does not show that it has a twin.
  void note(const Entry& entry) {
    const std::string full = plain_name(entry.path), path = below_top(full);
    ++times_[fold_case(path)];
    if (owned_.owns(path)) {
      folders_.insert(path.substr(0, path.rfind('/')));
    } else if (entry.folder && entry.problem.empty()) {
      folders_.insert(path);
    } else if (owned_.leads_to_one(path)) {
      reasons_.emplace(path, entry.problem.empty() ? "is a file, expects a folder" : entry.problem);
    } else if (full + "/" == top_) {
      reasons_.emplace("modules", "lies below " + shown_path(full) + ", which is no folder");
    }
  }

  void decide(const Entry& entry) {
    const std::string full = plain_name(entry.path), path = below_top(full);
    if (entry.path == "./" && entry.folder) return;  // tar's first word for "all that is here"
    if (const std::string bad = name_problem(full); !bad.empty()) return reject(full, bad);
    if (full + "/" == top_ && entry.folder) return;
    if (path.empty()) return reject_foreign(entry, "", full);
    if (owned_.owns(path)) return decide_owned(entry, full, path);
    if (owned_.leads_to_one(path)) {
      if (const auto found = reasons_.find(path); found != reasons_.end())
        reject(full, found->second);
      return;
    }
    if (const std::string twin = owned_.owned_twin(path); !twin.empty())
      return reject(full, "differs from " + twin + " only in upper and lower case");
    reject_foreign(entry, top_, path);
  }

  /// One line for a whole folder of such things: nobody wants to read 1000 tests one by one.
  void reject_foreign(const Entry& entry, const std::string& top, const std::string& path) {
    const std::string part = owned_.foreign_part(path + (entry.folder ? "/" : ""));
    const bool alone = part == path && !entry.problem.empty();
    reject(top + part, alone ? entry.problem : "is no header that students write");
  }

  void decide_owned(const Entry& entry, const std::string& full, const std::string& path) {
    std::string reason = entry.problem;
    if (entry.folder) reason = "is a folder, expects a file";
    if (times_[fold_case(path)] > 1)
      reason = "stands there more than once, or again in other upper and lower case";
    for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
      if (reasons_.count(path.substr(0, slash)) != 0)
        reason = "lies below " + path.substr(0, slash) + ", which is no folder";
    }
    if (reason.empty() && entry.text.size() > IntakeLimits().file_bytes)
      reason = "is larger than 1 MB";
    if (reason.empty()) {
      taken[path] = entry.text;
    } else {
      reject(full, reason);
      reasons_.emplace(path, reason);
    }
  }

  const OwnedNames& owned_;
  std::string top_;
  std::map<std::string, int> times_;            // by folded path
  std::map<std::string, std::string> reasons_;  // by path: why it was not taken or entered
  std::set<std::string> folders_;
  std::set<std::string> listed_;
};

}  // namespace

Submission take_submission(const Course& course, const fs::path& source, const fs::path& parent) {
  const OwnedNames owned = OwnedNames::of(course);
  Submission submission;
  Sorter sorter(owned);
  std::string refused;
  try {
    std::error_code error;
    sorter.sort(fs::is_directory(source, error) ? read_folder(source, owned)
                                                : read_archive(source, owned));
  } catch (const RefusedSubmission& error) {
    const std::string name = fs::absolute(source).lexically_normal().filename().string();
    refused = "nothing is taken from " + shown_path(name) + ": " + error.what();
    sorter.reject(name, error.what());
  }
  ContentHash hash;
  for (const auto& [name, text] : sorter.taken) hash.add(name).add(text);
  for (const Module* module : course.available()) {
    const std::string problem = refused.empty() ? sorter.problem(*module) : refused;
    if (!problem.empty())
      submission.problems[module->id] = "the submission lacks this module: " + problem;
  }
  submission.rejected = std::move(sorter.rejected);
  submission.rejected_more = sorter.rejected_more;
  submission.hash = hash.hex();
  submission.tree = fs::absolute(parent) / submission.hash;
  std::error_code error;
  fs::remove_all(submission.tree, error);
  for (const Module* module : course.available())
    fs::create_directories(submission.tree / "modules" / module->id);
  for (const auto& [name, text] : sorter.taken) write_if_changed(submission.tree / name, text);
  return submission;
}

}  // namespace grader
