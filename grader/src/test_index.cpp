#include "test_index.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include "files.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

const std::set<std::string>& kinds() {
  static const std::set<std::string> names = {"core",     "edge",    "errors",    "gradient",
                                              "property", "systems", "regression"};
  return names;
}

/// Reads C++ just well enough to find TEST_CASE("..." "...", "...") outside comments and strings.
class CaseScanner {
 public:
  CaseScanner(const std::string& text, std::string shown) : text_(text), shown_(std::move(shown)) {}

  struct Found {
    std::string name, tags;
    int line;
  };

  std::optional<Found> next() {
    while (at_ < text_.size()) {
      if (skip_comment() || skip_character()) continue;
      if (text_[at_] == '"') {
        literal();
      } else if (at_word("TEST_CASE")) {
        const int line = line_;
        at_ += std::string_view("TEST_CASE").size();
        return read_case(line);
      } else {
        advance();
      }
    }
    return std::nullopt;
  }

  [[noreturn]] void fail(int line, const std::string& what) const {
    throw UsageError(shown_ + ":" + std::to_string(line) + ": " + what);
  }

 private:
  void advance() { line_ += text_[at_++] == '\n'; }

  bool at_word(std::string_view word) const {
    const auto is_name = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    if (text_.compare(at_, word.size(), word) != 0) return false;
    return (at_ == 0 || !is_name(text_[at_ - 1])) && !is_name(text_[at_ + word.size()]);
  }

  bool skip_comment() {
    if (text_.compare(at_, 2, "//") == 0) {
      while (at_ < text_.size() && text_[at_] != '\n') advance();
      return true;
    }
    if (text_.compare(at_, 2, "/*") != 0) return false;
    while (at_ < text_.size() && text_.compare(at_, 2, "*/") != 0) advance();
    at_ = std::min(at_ + 2, text_.size());
    return true;
  }

  /// A quotation mark as a character, '"', must not open a string; 1'000 is no character.
  bool skip_character() {
    if (text_[at_] != '\'' || (at_ > 0 && std::isalnum(static_cast<unsigned char>(text_[at_ - 1]))))
      return false;
    advance();
    while (at_ < text_.size() && text_[at_] != '\'' && text_[at_] != '\n') {
      if (text_[at_] == '\\') advance();
      advance();
    }
    if (at_ < text_.size()) advance();
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (std::isspace(static_cast<unsigned char>(text_[at_])) || skip_comment())) {
      if (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) advance();
    }
  }

  std::string literal() {
    if (at_ > 0 && text_[at_ - 1] == 'R') return raw_literal();
    const int line = line_;
    std::string value;
    for (advance(); at_ < text_.size() && text_[at_] != '"'; advance()) {
      if (text_[at_] == '\n') fail(line, "a string that does not end on its line");
      if (text_[at_] == '\\') {
        advance();
        if (text_[at_] == 'n') fail_in_name_ = true;
      }
      value += text_[at_];
    }
    if (at_ < text_.size()) advance();
    return value;
  }

  std::string raw_literal() {
    const std::size_t open = text_.find('(', at_);
    if (open == text_.npos) fail(line_, "a raw string without its parenthesis");
    const std::string closing = ")" + text_.substr(at_ + 1, open - at_ - 1) + "\"";
    const std::size_t end = text_.find(closing, open);
    if (end == text_.npos) fail(line_, "a raw string that does not end");
    const std::string value = text_.substr(open + 1, end - open - 1);
    while (at_ < end + closing.size()) advance();
    return value;
  }

  std::string literals(int line, const char* what) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '"') {
      fail(line, std::string("TEST_CASE expects a plain string literal as its ") + what);
    }
    std::string value;
    while (at_ < text_.size() && text_[at_] == '"') {
      value += literal();
      skip_space();
    }
    return value;
  }

  Found read_case(int line) {
    fail_in_name_ = false;
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '(') fail(line, "TEST_CASE without a parenthesis");
    advance();
    Found found{literals(line, "name"), "", line};
    if (fail_in_name_) fail(line, "a test's name stands on one line");
    if (text_[at_] != ',')
      fail(line, "TEST_CASE(\"" + found.name + "\") expects tags such as \"[01.2][core]\"");
    advance();
    found.tags = literals(line, "tags");
    return found;
  }

  const std::string& text_;
  std::string shown_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool fail_in_name_ = false;
};

std::vector<std::string> split_tags(const CaseScanner& scanner, const CaseScanner::Found& found) {
  std::vector<std::string> tags;
  for (std::size_t at = 0; at < found.tags.size();) {
    const std::size_t end = found.tags.find(']', at);
    if (found.tags[at] != '[' || end == std::string::npos) {
      scanner.fail(found.line,
                   "'" + found.name + "' expects tags such as [01.2][core], got " + found.tags);
    }
    tags.push_back(found.tags.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return tags;
}

/// "01.2" or "01" as the first part of a tag, not "core".
bool is_number_tag(const std::string& tag) {
  return tag.size() >= 2 && std::isdigit(static_cast<unsigned char>(tag[0])) &&
         std::isdigit(static_cast<unsigned char>(tag[1]));
}

void check_name(const CaseScanner& scanner, const CaseScanner::Found& found) {
  const std::string& name = found.name;
  if (name.empty() || name != trim(name)) {
    scanner.fail(found.line, "a test's name must not be empty nor begin or end with a space");
  }
  if (name.front() == '*' || name.back() == '*' || name.find('\\') != name.npos ||
      name.front() == '~' || name.front() == '-') {
    scanner.fail(found.line,
                 "'" + name +
                     "': a test's name must not begin with *, ~ or -, end with *, nor hold "
                     "a backslash: one case could not be chosen by it");
  }
}

TestCase make_case(const Course& course, const Module& module, const CaseScanner& scanner,
                   const CaseScanner::Found& found) {
  check_name(scanner, found);
  TestCase test;
  test.name = found.name;
  test.module = module.id;
  test.line = found.line;
  for (const std::string& tag : split_tags(scanner, found)) {
    if (kinds().count(tag) != 0) {
      if (!test.kind.empty())
        scanner.fail(found.line, "'" + test.name + "' has two kinds: " + found.tags);
      test.kind = tag;
    } else if (tag.size() > 2 && is_number_tag(tag)) {
      const auto& modules = course.modules;
      const bool known = std::any_of(modules.begin(), modules.end(),
                                     [&](const Module& m) { return m.find_blank(tag) != nullptr; });
      if (!known)
        scanner.fail(found.line,
                     "'" + test.name + "': there is no blank " + tag + " in modules/course.json");
      const Blank* own = module.find_blank(tag);
      if (test.blank.empty() && own != nullptr) {
        test.blank = tag;
        test.stretch = own->stretch;
      }
    } else if (tag == "given") {
      test.given = true;
    } else if (!is_number_tag(tag)) {
      scanner.fail(found.line, "'" + test.name + "': unknown tag [" + tag + "]");
    }
  }
  if (test.kind.empty()) {
    scanner.fail(found.line, "'" + test.name +
                                 "' expects one kind: [core] [edge] [errors] [gradient] [property] "
                                 "[systems] [regression], got " +
                                 found.tags);
  }
  return test;
}

std::vector<fs::path> sources_of(const Course& course, const Module& module,
                                 const std::string& suite) {
  if (suite == "pedagogy")
    return list_files(course.root / "tests" / "pedagogy" / module.id, ".cpp");
  if (suite != "regression")
    throw UsageError("no suite '" + suite + "'; there are pedagogy and regression");
  std::vector<fs::path> files;
  for (const fs::path& file : list_files(course.root / "tests" / "regression", ".cpp")) {
    if (file.filename().string().starts_with(module.id.substr(0, 2) + "_")) files.push_back(file);
  }
  return files;
}

/// The first test of each file, then the second of each, and so on; without those of given code.
std::vector<TestCase*> in_turn_by_file(std::vector<TestCase>& tests) {
  std::map<fs::path, std::size_t> rank;
  std::map<std::size_t, std::vector<TestCase*>> by_rank;
  for (TestCase& test : tests) {
    if (!test.given) by_rank[rank[test.file]++].push_back(&test);
  }
  std::vector<TestCase*> ordered;
  for (const auto& [turn, of_turn] : by_rank) {
    ordered.insert(ordered.end(), of_turn.begin(), of_turn.end());
  }
  return ordered;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

void share_points(const std::vector<TestCase*>& tests, int points) {
  const int count = static_cast<int>(tests.size());
  for (int i = 0; i < count; ++i) {
    tests[static_cast<std::size_t>(i)]->points = points / count + (i < points % count ? 1 : 0);
  }
}

std::vector<TestCase> index_tests(const Course& course, const Module& module,
                                  const std::string& suite) {
  std::vector<TestCase> tests;
  std::map<std::string, std::string> seen;  // Catch2 finds cases by name without regard to case
  for (const fs::path& file : sources_of(course, module, suite)) {
    const std::string shown = file.lexically_relative(course.root).generic_string();
    const std::string text = read_text(file);
    CaseScanner scanner(text, shown);
    while (const auto found = scanner.next()) {
      TestCase test = make_case(course, module, scanner, *found);
      test.suite = suite;
      test.stretch = test.stretch && suite == "pedagogy";  // regression points are core
      test.file = file;
      test.needs_double = file.stem().string().ends_with("_gradients");
      const std::string place = shown + ":" + std::to_string(test.line);
      const auto [other, is_new] = seen.emplace(lower(test.name), place);
      if (!is_new)
        scanner.fail(test.line,
                     "'" + test.name + "' is also the name of the test at " + other->second);
      tests.push_back(std::move(test));
    }
  }
  if (suite == "regression") {
    share_points(in_turn_by_file(tests), module.regression_points);
    return tests;
  }
  std::map<std::string, std::vector<TestCase*>> by_blank;
  for (TestCase& test : tests) {
    if (!test.given) by_blank[test.blank].push_back(&test);
  }
  for (const auto& [id, group] : by_blank) {
    const Blank* blank = module.find_blank(id);
    share_points(group, blank != nullptr ? blank->points : 0);
  }
  return tests;
}

}  // namespace grader
