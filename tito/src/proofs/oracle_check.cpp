// tests/oracles: each script is in the README's table, each header of numbers has its script, each case a test.
#include <set>

#include "course_checks.hpp"
#include "files.hpp"

namespace tito {
namespace fs = std::filesystem;
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// The words that follow `start` in a text, each up to what cannot be part of a name.
std::vector<std::string> words_after(const std::string& text, const std::string& start,
                                     const std::string& more = "") {
  std::vector<std::string> words;
  for (std::size_t at = text.find(start); at != text.npos; at = text.find(start, at)) {
    at += start.size();
    std::size_t end = at;
    while (end < text.size() && (is_word(text[end]) || more.find(text[end]) != more.npos)) ++end;
    words.push_back(text.substr(at, end - at));
  }
  return words;
}

std::vector<fs::path> all_tests(const grader::Course& course, const std::string& ending) {
  std::vector<fs::path> files;
  for (const char* suite : {"pedagogy", "regression"}) {
    const fs::path folder = course.root / "tests" / suite;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ending) files.push_back(entry.path());
    }
  }
  return files;
}

}  // namespace

Problems check_oracles(const grader::Course& course) {
  Problems problems;
  const fs::path folder = course.root / "tests" / "oracles";
  if (!fs::exists(folder / "README.md")) return problems;
  const std::string table = grader::read_text(folder / "README.md");
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_script = entry.path().extension() == ".py" || entry.path().extension() == ".js";
    if (is_script && table.find("`" + name + "`") == table.npos) {
      problems.push_back("tests/oracles/README.md:1: does not say what " + name + " is");
    }
  }
  std::string tests;
  for (const fs::path& file : all_tests(course, ".cpp")) tests += grader::read_text(file);
  const auto in_tests = words_after(tests, "oracle::");
  const std::set<std::string> used(in_tests.begin(), in_tests.end());
  for (const fs::path& file : all_tests(course, ".hpp")) {
    const std::string text = grader::read_text(file);
    const std::string shown = file.lexically_relative(course.root).generic_string() + ":1: ";
    for (const std::string& script : words_after(text, "by tests/oracles/", ".")) {
      const std::string name = script.substr(0, script.find_last_not_of('.') + 1);
      if (!fs::exists(folder / name)) {
        problems.push_back(shown + "its numbers come from tests/oracles/" + name +
                           ", which is not there");
      }
    }
    for (const std::string& name : words_after(text, "inline Golden ")) {
      if (used.count(name) == 0) problems.push_back(shown + "no test compares oracle::" + name);
    }
  }
  return problems;
}

}  // namespace tito
