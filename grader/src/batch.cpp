#include "batch.hpp"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "files.hpp"
#include "fingerprint.hpp"
#include "intake.hpp"
#include "parallel.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

std::string id_of(const fs::path& path) {
  std::string name = path.filename().string();
  for (const std::string ending : {".zip", ".tar.gz", ".tgz", ".tar"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      break;
    }
  }
  return name;
}

bool is_fit(const std::string& id) {
  return !id.empty() && id.size() <= 200 && id[0] != '-' && id[0] != '.' &&
         std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '@' || c == '+';
         });
}

/// Is there a result of this submission by this grader, whole and without a failure of ours?
bool is_done(const fs::path& file, const std::string& submission, const std::string& grader) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return false;
  const json result = json::parse(read_text(file), nullptr, false);
  return result.is_object() && result.value("complete", false) &&
         result.value("problem", "") == "" &&
         result.value("/submission/hash"_json_pointer, "") == submission &&
         result.value("/grader/fingerprint"_json_pointer, "") == grader;
}

/// The hash of what would be taken; empty if nothing can be.
std::string submission_hash(const Course& course, const fs::path& submission) {
  const ScratchFolder scratch(course.root / "build" / "grader", "intake");
  try {
    return take_submission(course, submission, scratch.path()).hash;
  } catch (const UsageError&) {
    return "";
  }
}

std::vector<std::string> command_line(const BatchOptions& options, const BatchEntry& entry,
                                      const fs::path& result) {
  std::vector<std::string> words = {
      options.grader,   "run",
      "--submission",   entry.submission,
      "--json",         result,
      "--jobs",         "1",
      "--policy",       options.grade.official ? "official" : "formative",
      "--case-seconds", std::to_string(options.grade.case_seconds)};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {name, value});
  };
  add("--modules", options.grade.modules);
  add("--key", options.key.string());
  add("--compiler", options.grade.session.compiler);
  return words;
}

/// Grades one, twice if the grader fails. What it said last, if there is no result in the end.
std::string grade_one(const Course& course, const BatchOptions& options, const BatchEntry& entry,
                      const fs::path& result) {
  std::string words;
  for (int attempt = 0; attempt < 2; ++attempt) {
    fs::remove(result);
    ProcessSpec spec;
    spec.arguments = command_line(options, entry, result);
    spec.environment = minimal_environment();
    spec.folder = course.root;
    spec.wall_seconds = options.seconds;
    const ProcessResult run = run_process(spec);
    if (run.exit_code == 0 || run.exit_code == 1) return "";
    words = run.timed_out ? "did not end in " + human_seconds(options.seconds)
                          : clean_text(run.err.empty() ? run.out : run.err, 1000);
    if (run.exit_code == 2) break;  // a submission that is none: another try changes nothing
  }
  return words.empty() ? "the grader ended without a word" : words;
}

}  // namespace

std::vector<BatchEntry> find_submissions(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw UsageError("batch: expects a folder of submissions, got " + folder.string());
  std::vector<BatchEntry> entries;
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string id = id_of(entry.path());
    if (id.starts_with(".")) continue;
    if (!is_fit(id)) {
      throw UsageError("batch: expects names of letters, digits and _-.@+, got '" +
                       clean_text(entry.path().filename().string(), 200) + "'");
    }
    if (!ids.insert(id).second)
      throw UsageError("batch: two submissions are called " + id +
                       "\n  hint: a folder and an archive of one name? keep one of them");
    entries.push_back({id, fs::absolute(entry.path())});
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return entries;
}

BatchCount run_batch(const Course& course, const BatchOptions& options) {
  const std::vector<BatchEntry> entries = find_submissions(options.folder);
  const fs::path results = fs::absolute(options.out) / "results";
  fs::create_directories(results);
  fs::create_directories(course.root / "build" / "grader");
  const std::string grader = fingerprint(course, options.grade, options.grader);
  BatchCount count;
  std::mutex mutex;
  int done = 0;
  parallel_for(entries.size(), options.jobs, [&](std::size_t i) {
    const BatchEntry& entry = entries[i];
    const fs::path result = results / (entry.id + ".json");
    const std::string hash = submission_hash(course, entry.submission);
    const bool kept = !hash.empty() && is_done(result, hash, grader);
    const std::string problem = kept ? "" : grade_one(course, options, entry, result);
    const fs::path note = results / (entry.id + ".error");
    if (problem.empty()) fs::remove(note);
    else write_atomically(note, problem + "\n");
    const std::lock_guard lock(mutex);
    ++(kept ? count.kept : problem.empty() ? count.graded : count.failed);
    if (options.on_progress)
      options.on_progress(++done, static_cast<int>(entries.size()),
                          problem.empty() ? "" : entry.id + ": " + problem);
  });
  return count;
}

}  // namespace grader
