#include "observe/official.hpp"

#include <algorithm>

#include "files.hpp"
#include "hash.hpp"
#include "observe/verdict_cache.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

std::vector<CaseId> all_cases(const std::vector<ObservationInfo>& infos) {
  std::vector<CaseId> cases;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    for (int r = 0; r < infos[i].repetitions; ++r) cases.push_back({static_cast<int>(i), r});
  }
  return cases;
}

/// What came of one case beside the reference's.
CaseOutcome compared(const CaseOutcome& expected, const CaseOutcome& got) {
  if (got.status != Status::pass) return got;
  CaseOutcome outcome = got;
  if (got.record.what == "std::bad_alloc") {
    outcome.status = Status::memory;
    outcome.words = "asked for more memory than a case may have";
    return outcome;
  }
  outcome.words = difference(expected.record, got.record);
  if (!outcome.words.empty()) outcome.status = Status::fail;
  return outcome;
}

TestResult result_of(const TestCase& test, int observation, std::uint64_t seed,
                     const std::map<CaseId, CaseOutcome>& outcomes) {
  TestResult result;
  result.test = test;
  result.status = Status::pass;
  int failed = 0, total = 0;
  for (const auto& [id, outcome] : outcomes) {
    if (id.observation != observation) continue;
    ++total;
    if (outcome.status == Status::pass) continue;
    if (++failed > 1) continue;
    result.status = outcome.status;
    result.message = outcome.words;
    result.todo_blank = clean_text(outcome.record.todo, 20);
    result.case_seed = hex_digits(seed) + ":" + to_string(id);
  }
  result.assertions = total;
  if (failed > 0 && result.status != Status::todo) {
    result.message += "\n  " + std::to_string(failed) + " of " + std::to_string(total) +
                      " cases; on your machine: tito repro " + test.module.substr(0, 2) + " " +
                      result.case_seed;
  }
  return result;
}

std::string first_error(const std::string& log) {
  for (const std::string& line : split_lines(log)) {
    if (line.find("error:") != line.npos) return clean_text(line, 400);
  }
  return "does not compile";
}

}  // namespace

std::vector<TestCase> observation_tests(const Course& course, const Module& module,
                                        const std::vector<ObservationInfo>& infos) {
  std::vector<TestCase> tests;
  for (const ObservationInfo& info : infos) {
    const Blank* blank = module.find_blank(info.blank);
    if (blank == nullptr && info.blank != module.id.substr(0, 2)) {
      throw UsageError("grader/observe/" + module.id + ".cpp: '" + info.name + "' observes blank " +
                       info.blank + ", which is none of this module");
    }
    TestCase test;
    test.name = info.name;
    test.suite = "observation";
    test.module = module.id;
    test.blank = blank != nullptr ? blank->id : "";
    test.kind = "observed";
    test.file = course.root / "grader" / "observe" / (module.id + ".cpp");
    test.stretch = blank != nullptr && blank->stretch;
    tests.push_back(std::move(test));
  }
  std::map<std::string, std::vector<TestCase*>> by_blank;
  for (TestCase& test : tests) by_blank[test.blank].push_back(&test);
  for (const auto& [id, group] : by_blank) {
    const Blank* blank = module.find_blank(id);
    share_points(group, blank != nullptr ? blank->points : module.regression_points);
  }
  return tests;
}

std::uint64_t case_seed(const Course& course, const Module& module, const Overlay& mine,
                        const std::string& key) {
  const std::string text = "tinytorch seed 1\n" + module.id + "\n" +
                           overlay_hash(course, mine.up_to(course, module.number()), module);
  const std::string digest = hmac_sha256(key.empty() ? "public" : key, text);
  return std::stoull(digest.substr(0, 16), nullptr, 16);
}

ModuleObservation::ModuleObservation(const Course& course, const Module& module,
                                     const Overlay& mine, const Overlay& reference,
                                     const Observers& observers, const OfficialOptions& options)
    : module_(module),
      observers_(observers),
      options_(options),
      ours_(observers.build(module, reference, Trust::ours)),
      seed_(case_seed(course, module, mine, options.key)) {
  infos_ = observers.list(ours_);
  tests_ = observation_tests(course, module, infos_);
  cases_ = all_cases(infos_);
}

const Outcomes& ModuleObservation::expected() const {
  if (!expected_.empty()) return expected_;
  Outcomes outcomes = observers_.run(ours_, seed_, cases_, Trust::ours);
  for (const auto& [id, outcome] : outcomes) {
    if (outcome.status == Status::pass) continue;
    throw InfrastructureError("the reference itself fails observation " + to_string(id) + " of " +
                              module_.id + ": " + outcome.words);
  }
  return expected_ = std::move(outcomes);
}

std::map<CaseId, CaseOutcome> ModuleObservation::compare(
    const ObserverProgram& theirs, const std::vector<CaseId>& ids,
    const std::vector<std::string>& environment) const {
  Outcomes got = observers_.run(theirs, seed_, ids, Trust::stranger, environment);
  for (auto& [id, outcome] : got) outcome = compared(expected().at(id), outcome);
  return got;
}

ModuleResult ModuleObservation::run(const Overlay& overlay,
                                    const std::vector<std::string>& environment) const {
  ModuleResult result;
  result.id = module_.id;
  const ObserverProgram theirs = observers_.build(module_, overlay, Trust::stranger);
  result.compile_seconds = theirs.seconds;
  if (theirs.program.empty()) {
    result.compile_log = theirs.log;
    for (const TestCase& test : tests_) {
      TestResult one;
      one.test = test;
      one.status = Status::compile_error;
      one.message = first_error(theirs.log);
      result.tests.push_back(std::move(one));
    }
    return result;
  }
  for (const TestCase& test : tests_) {
    result.tests.emplace_back();
    result.tests.back().test = test;
  }
  ContentHash hash;
  hash.add("verdicts 1").add(theirs.key).add(ours_.key).add(hex_digits(seed_));
  for (const std::string& variable : environment) hash.add(variable);
  const std::string key = hash.hex();
  if (recall_verdicts(observers_.cache(), key, result)) return result;

  std::map<CaseId, CaseOutcome> outcomes = compare(theirs, cases_, environment);
  // What one case leaves behind must not fail another: those that differ run again, each alone.
  int reruns = options_.rerun ? 40 : 0;
  for (auto& [id, outcome] : outcomes) {
    if (outcome.status != Status::fail && outcome.status != Status::crash) continue;
    if (reruns-- <= 0) break;
    outcome = compare(theirs, {id}, environment).at(id);
  }
  for (std::size_t i = 0; i < tests_.size(); ++i)
    result.tests[i] = result_of(tests_[i], static_cast<int>(i), seed_, outcomes);
  keep_verdicts(observers_.cache(), key, result);
  return result;
}

}  // namespace grader
