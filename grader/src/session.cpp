#include "session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

#include "blame.hpp"
#include "compiler.hpp"
#include "files.hpp"
#include "parallel.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// The tests of a module that are built the same way: one executable.
struct Part {
  std::string profile;
  std::vector<TestCase> tests;
  std::vector<fs::path> sources;
  BuildResult build;
  std::vector<TestResult> results;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string words_of(const CompileDigest& digest) {
  std::string words =
      digest.file.empty() ? "" : digest.file + ":" + std::to_string(digest.line) + "   ";
  words += digest.error;
  if (!digest.source_line.empty()) words += "\n  | " + digest.source_line;
  if (!digest.explanation.empty()) words += "\n  " + digest.explanation;
  return words;
}

std::vector<TestCase> wanted_tests(const Course& course, const Module& module,
                                   const SessionOptions& options) {
  std::vector<TestCase> tests;
  std::map<std::string, fs::path> names;
  for (const std::string& suite : options.suites) {
    for (TestCase& test : index_tests(course, module, suite)) {
      if (!names.emplace(test.name, test.file).second) {
        throw UsageError(module.id + ": two tests have the name '" + test.name + "', in " +
                         names[test.name].filename().string() + " and " +
                         test.file.filename().string());
      }
      tests.push_back(std::move(test));
    }
  }
  return tests;
}

std::vector<Part> split_by_profile(const std::vector<TestCase>& tests,
                                   const SessionOptions& options) {
  std::vector<Part> parts;
  for (const bool in_double : {false, true}) {
    Part part;
    part.profile =
        options.sanitize ? (in_double ? "asan-double" : "asan") : (in_double ? "double" : "plain");
    for (const TestCase& test : tests) {
      if ((test.needs_double || options.everything_double) != in_double) continue;
      const bool wanted = !options.only || options.only(test);
      if (!wanted && !options.build_all) continue;
      if (std::find(part.sources.begin(), part.sources.end(), test.file) == part.sources.end()) {
        part.sources.push_back(test.file);
      }
      if (wanted) part.tests.push_back(test);
    }
    if (!part.tests.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

/// Gives the tests whose source did not compile, or that could not be linked, their status; returns
/// the others.
std::vector<TestCase> runnable(const Course& course, const Part& part, const fs::path& student_dir,
                               ModuleResult& module) {
  std::map<fs::path, const SourceLog*> failed;
  std::map<fs::path, CompileDigest> digests;
  for (const SourceLog& source : part.build.sources) {
    if (source.ok) continue;
    const CompileDigest digest = digest_compile_log(source.log, course.root, student_dir);
    module.compile_errors.emplace_back(source.source, digest);
    if (module.compile_log.find(source.log) == std::string::npos) module.compile_log += source.log;
    failed[source.source] = &source;
    digests[source.source] = digest;
  }
  const bool link_failed = part.build.executable.empty() && failed.size() < part.sources.size();
  CompileDigest link_digest;
  if (link_failed) {
    link_digest = digest_compile_log(part.build.link_log, course.root, student_dir);
    module.compile_log += part.build.link_log;
  }
  std::vector<TestCase> rest;
  for (const TestCase& test : part.tests) {
    TestResult result;
    result.test = test;
    if (failed.count(test.file) != 0) {
      result.status = Status::compile_error;
      result.message = words_of(digests[test.file]);
    } else if (link_failed) {
      result.status = Status::link_error;
      result.message = words_of(link_digest);
    } else {
      rest.push_back(test);
      continue;
    }
    module.tests.push_back(std::move(result));
  }
  return rest;
}

/// Results in the order of the index, whatever order they came in.
void sort_like(const std::vector<TestCase>& index, std::vector<TestResult>& results) {
  std::map<std::string, std::size_t> position;
  for (std::size_t i = 0; i < index.size(); ++i) position[index[i].name] = i;
  std::stable_sort(results.begin(), results.end(), [&](const TestResult& a, const TestResult& b) {
    return position[a.test.name] < position[b.test.name];
  });
}

}  // namespace

Status ModuleResult::status() const {
  constexpr std::array gravest_first = {
      Status::infra_error, Status::compile_error, Status::link_error, Status::crash,
      Status::sanitizer,   Status::timeout,       Status::memory,     Status::leak,
      Status::fail,        Status::no_assertions, Status::blocked,    Status::not_run,
      Status::todo,        Status::skipped};
  if (tests.empty()) return Status::not_run;
  for (const Status status : gravest_first) {
    for (const TestResult& result : tests) {
      if (result.status == status) return status;
    }
  }
  return Status::pass;
}

ModuleResult run_module(const Course& course, const Module& module, const Overlay& overlay,
                        const SessionOptions& options) {
  ModuleResult result;
  result.id = module.id;
  const std::vector<TestCase> tests = wanted_tests(course, module, options);
  std::vector<Part> parts = split_by_profile(tests, options);
  const fs::path cache = options.cache.empty() ? course.root / "build" / "cache" : options.cache;

  const std::string compiler =
      options.compiler.empty() ? test_compiler(options.sanitize) : options.compiler;
  Limits limits = options.limits;
  limits.sanitized = options.sanitize;
  if (options.sanitize) {  // sanitized programs are a few times slower
    limits.wall_seconds *= 3;
    limits.cpu_seconds *= 3;
  }
  // Two profiles go side by side, built and run: fewer, larger groups each, and one set of
  // processors.
  const auto start = std::chrono::steady_clock::now();
  const auto slots = std::make_shared<Slots>(options.jobs);
  const int share = std::max(1, options.jobs / std::max(1, static_cast<int>(parts.size())));
  std::mutex mutex;
  parallel_for(parts.size(), options.jobs, [&](std::size_t i) {
    Part& part = parts[i];
    Toolchain toolchain(course, compiler, part.profile, cache);
    toolchain.set_schedule({options.jobs, share, slots});
    part.build = toolchain.build(part.sources, overlay, module, module.id, options.werror);
    std::vector<TestCase> rest;
    {
      const std::lock_guard lock(mutex);
      rest = runnable(course, part, overlay.folder.at(module.id), result);
      result.compile_seconds = seconds_since(start);
    }
    if (options.together_seconds > 0) {
      Limits together = limits;
      together.wall_seconds = together.cpu_seconds = options.together_seconds;
      part.results = settled_together(part.build.executable, rest, together, options.jobs,
                                      options.environment);
      std::set<std::string> settled;
      for (const TestResult& test : part.results) settled.insert(test.test.name);
      std::erase_if(rest, [&](const TestCase& test) { return settled.count(test.name) != 0; });
    }
    for (TestResult& test :
         run_cases(part.build.executable, rest, limits, options.jobs, options.environment))
      part.results.push_back(std::move(test));
    for (TestResult& test : part.results) test.program = part.build.executable;
  });
  for (const Part& part : parts) {
    result.tests.insert(result.tests.end(), part.results.begin(), part.results.end());
  }
  sort_like(tests, result.tests);
  for (const TestResult& test : result.tests) {
    if (options.on_result) options.on_result(test);
  }
  add_up(course, result);
  result.run_seconds = seconds_since(start) - result.compile_seconds;
  return result;
}

}  // namespace grader
