#include "export/class_summary.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "files.hpp"

namespace grader {
namespace {

using nlohmann::json;
using State = ClassStudent::State;
constexpr std::size_t most_slow = 10;

const char* word(State state) {
  switch (state) {
    case State::marked: return "marked";
    case State::no_mark: return "no_mark";
    case State::missing: return "missing";
  }
  return "";
}

ClassStudent student_of(StudentResult&& found) {
  ClassStudent student;
  student.person.id = found.id;
  student.result = std::move(found.result);
  student.note = student.result ? student.result->no_mark() : found.error;
  if (!student.result && student.note.empty()) student.note = "no result, and nobody said why";
  student.state = student.note.empty() ? State::marked : State::no_mark;
  return student;
}

/// Everybody: those with a result, and those of the roster without one.
std::vector<ClassStudent> everybody(std::vector<StudentResult>&& results,
                                    const std::vector<RosterEntry>* roster) {
  std::map<std::string, ClassStudent> students;
  for (StudentResult& result : results) {
    const std::string id = result.id;
    if (!students.emplace(id, student_of(std::move(result))).second)
      throw UsageError("summary: expects one result for each student, got two for '" + id + "'");
  }
  if (roster != nullptr) {
    for (auto& [id, student] : students) student.on_roster = false;
    for (const RosterEntry& entry : *roster) {
      ClassStudent& student = students[entry.id];
      student.person = entry;
      student.on_roster = true;
      if (student.state == State::missing) student.note = "on the roster, but there is no result";
    }
  }
  std::vector<ClassStudent> all;
  for (auto& [id, student] : students) all.push_back(std::move(student));
  return all;
}

/// What most are marked out of.
int usual_max(const std::vector<ClassStudent>& students) {
  std::map<int, int> counts;
  for (const ClassStudent& student : students) {
    if (student.state == State::marked) ++counts[student.result->max_score];
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? 0 : most->first;
}

void refuse_other_scales(std::vector<ClassStudent>& students, int max_score) {
  for (ClassStudent& student : students) {
    if (student.state != State::marked || student.result->max_score == max_score) continue;
    student.state = State::no_mark;
    student.note = "graded out of " + std::to_string(student.result->max_score) +
                   " points, others of " + std::to_string(max_score) +
                   ": other modules, or another version of the course";
  }
}

std::vector<ClassModule> modules_of(const std::vector<ClassStudent>& students, int marked) {
  std::map<std::string, ClassModule> modules;
  for (const ClassStudent& student : students) {
    if (student.state != State::marked) continue;
    for (const ModuleView& view : student.result->modules) {
      ClassModule& module = modules[view.id];
      module.id = view.id;
      module.max_score = view.max_score;
      module.mean += static_cast<double>(view.score) / marked;
      module.full += view.score == view.max_score;
      module.zero += view.score == 0;
    }
  }
  std::vector<ClassModule> all;
  for (const auto& [id, module] : modules) all.push_back(module);
  return all;
}

/// Nothing of the student's was tried.
bool is_unwritten(Status status) {
  return status == Status::todo || status == Status::not_run || status == Status::blocked ||
         status == Status::skipped;
}

std::vector<ClassBlank> blanks_of(const std::vector<ClassStudent>& students) {
  std::map<std::string, ClassBlank> blanks;
  std::map<std::string, std::map<std::string, int>> tests;  // failures, by blank and test
  for (const ClassStudent& student : students) {
    if (student.state != State::marked) continue;
    std::set<std::string> failed, todo;
    for (const ModuleView& module : student.result->modules) {
      for (const TestView& test : module.tests) {
        if (test.blank.empty() || test.stretch || test.status == Status::pass) continue;
        blanks[test.blank].module = module.id;
        if (is_unwritten(test.status)) {
          todo.insert(test.blank);
        } else {
          failed.insert(test.blank);
          ++tests[test.blank][test.name];
        }
      }
    }
    for (const std::string& id : failed) ++blanks[id].failed;
    for (const std::string& id : todo) blanks[id].todo += failed.count(id) == 0;
  }
  std::vector<ClassBlank> all;
  for (auto& [id, blank] : blanks) {
    blank.id = id;
    int most = 0;
    for (const auto& [test, count] : tests[id]) {
      if (count <= most) continue;
      most = count;
      blank.test = test;
    }
    all.push_back(blank);
  }
  std::stable_sort(all.begin(), all.end(), [](const ClassBlank& a, const ClassBlank& b) {
    return std::pair(a.failed, a.todo) > std::pair(b.failed, b.todo);
  });
  return all;
}

std::vector<ClassCount> misconceptions_of(const std::vector<ClassStudent>& students) {
  std::map<std::string, std::set<std::string>> who;
  for (const ClassStudent& student : students) {
    if (student.state != State::marked) continue;
    for (const ModuleView& module : student.result->modules) {
      for (const TestView& test : module.tests) {
        if (!test.misconception.empty() && test.status != Status::pass)
          who[test.misconception].insert(student.person.id);
      }
    }
  }
  std::vector<ClassCount> all;
  for (const auto& [text, ids] : who) all.push_back({text, static_cast<int>(ids.size())});
  std::stable_sort(all.begin(), all.end(), [](const ClassCount& a, const ClassCount& b) {
    return a.students > b.students;
  });
  return all;
}

std::vector<std::vector<std::string>> twins_of(const std::vector<ClassStudent>& students) {
  std::map<std::string, std::vector<std::string>> by_hash;
  for (const ClassStudent& student : students) {
    const bool wrote = student.result && student.result->score > 0;  // skeletons are all the same
    if (wrote && !student.result->hash.empty())
      by_hash[student.result->hash].push_back(student.person.id);
  }
  std::vector<std::vector<std::string>> twins;
  for (auto& [hash, ids] : by_hash) {
    if (ids.size() > 1) twins.push_back(std::move(ids));
  }
  return twins;
}

std::vector<std::pair<std::string, double>> slowest_of(const std::vector<ClassStudent>& students) {
  std::vector<std::pair<std::string, double>> all;
  for (const ClassStudent& student : students) {
    if (student.result) all.emplace_back(student.person.id, student.result->seconds());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (all.size() > most_slow) all.resize(most_slow);
  return all;
}

json student_json(const ClassStudent& student) {
  json out = {{"id", student.person.id},        {"state", word(student.state)},
              {"on_roster", student.on_roster}, {"score", nullptr},
              {"stretch_score", nullptr},       {"modules", json::object()},
              {"flags", json::array()},         {"note", student.note}};
  if (!student.result) return out;
  for (const FlagView& flag : student.result->flags) out["flags"].push_back(flag_words(flag));
  if (student.state != State::marked) return out;
  out["score"] = student.result->score;
  out["stretch_score"] = student.result->stretch_score;
  for (const ModuleView& module : student.result->modules) out["modules"][module.id] = module.score;
  return out;
}

}  // namespace

int ClassSummary::count(State state) const {
  return static_cast<int>(
      std::count_if(students.begin(), students.end(),
                    [&](const ClassStudent& student) { return student.state == state; }));
}

ClassSummary summarize(std::vector<StudentResult> results, const std::vector<RosterEntry>* roster) {
  ClassSummary summary;
  summary.students = everybody(std::move(results), roster);
  summary.max_score = usual_max(summary.students);
  refuse_other_scales(summary.students, summary.max_score);
  summary.modules = modules_of(summary.students, summary.count(State::marked));
  summary.blanks = blanks_of(summary.students);
  summary.misconceptions = misconceptions_of(summary.students);
  summary.twins = twins_of(summary.students);
  summary.slowest = slowest_of(summary.students);
  return summary;
}

json summary_json(const ClassSummary& summary) {
  json out = {{"schema", "tinytorch.class/1"},
              {"max_score", summary.max_score},
              {"counts",
               {{"students", summary.students.size()},
                {"marked", summary.count(State::marked)},
                {"no_mark", summary.count(State::no_mark)},
                {"missing", summary.count(State::missing)}}},
              {"students", json::array()},
              {"modules", json::array()},
              {"blanks", json::array()},
              {"misconceptions", json::array()},
              {"twins", summary.twins},
              {"slowest", json::array()}};
  for (const ClassStudent& student : summary.students)
    out["students"].push_back(student_json(student));
  for (const ClassModule& module : summary.modules) {
    out["modules"].push_back({{"id", module.id},
                              {"max_score", module.max_score},
                              {"mean", module.mean},
                              {"full", module.full},
                              {"zero", module.zero}});
  }
  for (const ClassBlank& blank : summary.blanks) {
    out["blanks"].push_back({{"blank", blank.id},
                             {"module", blank.module},
                             {"failed", blank.failed},
                             {"todo", blank.todo},
                             {"test", blank.test}});
  }
  for (const ClassCount& entry : summary.misconceptions)
    out["misconceptions"].push_back({{"text", entry.text}, {"students", entry.students}});
  for (const auto& [id, seconds] : summary.slowest)
    out["slowest"].push_back({{"id", id}, {"seconds", seconds}});
  return out;
}

void write_class_summary(const std::filesystem::path& folder, const ClassSummary& summary,
                         const std::string& assignment) {
  write_atomically(folder / "summary.json", summary_json(summary).dump(2) + "\n");
  write_atomically(folder / "grades.csv", grades_csv(summary, assignment));
  write_atomically(folder / "summary.html", summary_html(summary));
}

}  // namespace grader
