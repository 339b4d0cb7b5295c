// A line that a student is to write must not stand somewhere in the skeleton to be copied.
#include <map>
#include <regex>

#include "course_checks.hpp"
#include "files.hpp"
#include "sync.hpp"

namespace tito {
namespace {

/// Without comment, indentation and differences in white space.
std::string normalized(const std::string& line) {
  std::string text = line.substr(0, line.find("//"));
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t') {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return std::string(grader::trim(result));
}

}  // namespace

bool is_significant(const std::string& line) {
  static const std::regex trivial(
      R"([{}()\[\];,\s]*)"                                       // braces
      R"(|\}?\s*(else|do|try)\s*\{?|(break|continue|return);)"   // bare keywords
      R"(|#pragma GCC unroll \d+)"                                // says nothing of the loop
      R"(|return \*?[\w.]+;)"                                    // return name; return 0;
      R"(|(const )?[\w:]+[*&]? \w+ = \w+((\.|->)\w+(\(\))?)+;)"  // real* to = out.data();
      R"(|for \((const )?[\w:]+ \w+ = [^;]*; [^;]*; *(\+\+|--)\w+\) ?\{?)"  // for (Index i = 0; i <
                                                                            // n; ++i)
      R"(|for \((const )?[\w:]+ (\w+) = [\w.]+(\(\))?; \w+-- > 0;\) ?\{?)");  // for (size_t i = n;
                                                                              // i-- > 0;)
  return !std::regex_match(normalized(line), trivial);
}

Problems check_leaks(const grader::Course& course) {
  Problems problems;
  for (const grader::Module* module : course.available()) {
    try {
      std::map<std::string, std::string> shown_at;  // line -> where the skeleton has it
      for (const grader::GeneratedFile& file : skeletons(course, *module)) {
        int number = 0;
        for (const std::string& line : grader::split_lines(file.text)) {
          const std::string place =
              "modules/" + module->id + "/" + file.name + ":" + std::to_string(++number);
          shown_at.emplace(normalized(line), place);
          if (const auto comment = line.find("//"); comment != line.npos) {
            shown_at.emplace(normalized(line.substr(comment + 2)),
                             place);  // code that is only commented out
          }
        }
      }
      for (const grader::SolutionSource& source : read_solution(course, *module)) {
        for (const grader::Region& region : source.regions) {
          int number = region.begin_line;
          for (const std::string& line : region.lines) {
            ++number;
            const auto leak =
                is_significant(line) ? shown_at.find(normalized(line)) : shown_at.end();
            if (leak == shown_at.end()) continue;
            problems.push_back(source.shown.generic_string() + ":" + std::to_string(number) +
                               ": this line of blank " + region.id +
                               " stands in the skeleton too, at " + leak->second);
          }
        }
      }
    } catch (const grader::UsageError&) {
      // check_sources reports regions that cannot be read.
    }
  }
  return problems;
}

}  // namespace tito
