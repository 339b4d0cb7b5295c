#include <cstdio>
#include <map>

#include "export/escape.hpp"
#include "export/writers.hpp"
#include "files.hpp"

namespace grader {
namespace {

enum class Outcome { passed, failure, error, skipped };

/// <error> is kept for what is not the student's fault.
Outcome outcome_of(Status status) {
  switch (status) {
    case Status::pass: return Outcome::passed;
    case Status::infra_error: return Outcome::error;
    case Status::todo:
    case Status::blocked:
    case Status::skipped:
    case Status::not_run: return Outcome::skipped;
    default: return Outcome::failure;
  }
}

std::string seconds_text(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", seconds);
  return text;
}

std::string first_line(const std::string& text) {
  const std::string_view words = trim(text);
  return std::string(words.substr(0, words.find('\n')));
}

struct Case {
  std::string suite, name;
  Outcome outcome = Outcome::passed;
  std::string type, text;
  double seconds = 0;
};

std::string case_xml(const Case& test) {
  const std::string head = "    <testcase classname=\"" + xml_text(test.suite) + "\" name=\"" +
                           xml_text(test.name) + "\" time=\"" + seconds_text(test.seconds) + "\"";
  const std::string first = xml_text(first_line(test.text));
  switch (test.outcome) {
    case Outcome::passed: return head + "/>\n";
    case Outcome::skipped:
      return head + ">\n      <skipped message=\"" + first + "\"/>\n    </testcase>\n";
    default: break;
  }
  const std::string tag = test.outcome == Outcome::error ? "error" : "failure";
  return head + ">\n      <" + tag + " message=\"" + first + "\" type=\"" + xml_text(test.type) +
         "\">" + xml_text(test.text) + "</" + tag + ">\n    </testcase>\n";
}

class Totals {
 public:
  void add(const Case& test) {
    ++tests_;
    failures_ += test.outcome == Outcome::failure;
    errors_ += test.outcome == Outcome::error;
    skipped_ += test.outcome == Outcome::skipped;
    seconds_ += test.seconds;
  }
  std::string attributes() const {
    return " tests=\"" + std::to_string(tests_) + "\" failures=\"" + std::to_string(failures_) +
           "\" errors=\"" + std::to_string(errors_) + "\" skipped=\"" + std::to_string(skipped_) +
           "\" time=\"" + seconds_text(seconds_) + "\"";
  }

 private:
  int tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
  double seconds_ = 0;
};

std::vector<Case> cases_of(const ModuleView& module) {
  std::vector<Case> cases;
  std::map<std::pair<std::string, std::string>, int> seen;
  for (const TestView& test : module.tests) {
    Case entry;
    entry.suite = test.suite == "pedagogy" ? module.id : module.id + "." + test.suite;
    entry.name = test.name;
    const int count = ++seen[{entry.suite, entry.name}];
    if (count > 1) entry.name += " (" + std::to_string(count) + ")";  // GitLab keeps the first only
    entry.outcome = outcome_of(test.status);
    entry.type = to_string(test.status);
    entry.text = test.message.empty() ? entry.type : test.message;
    if (!test.case_seed.empty()) entry.text += "\ncase " + test.case_seed;
    entry.seconds = test.seconds;
    cases.push_back(std::move(entry));
  }
  return cases;
}

std::string suite_xml(const std::string& name, const std::vector<Case>& cases, Totals& all) {
  Totals totals;
  std::string body;
  for (const Case& test : cases) {
    totals.add(test);
    all.add(test);
    body += case_xml(test);
  }
  return "  <testsuite name=\"" + xml_text(name) + "\"" + totals.attributes() + ">\n" + body +
         "  </testsuite>\n";
}

}  // namespace

std::string junit_xml(const ResultView& result) {
  Totals all;
  std::string suites;
  for (const ModuleView& module : result.modules)
    suites += suite_xml(module.id, cases_of(module), all);
  if (const std::string reason = result.no_mark(); !reason.empty()) {
    suites += suite_xml(
        "grader", {{"grader", "grading finished", Outcome::error, "no_mark", reason, 0}}, all);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + all.attributes() + ">\n" +
         suites + "</testsuites>\n";
}

}  // namespace grader
