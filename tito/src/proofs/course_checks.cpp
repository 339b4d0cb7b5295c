#include "course_checks.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "files.hpp"
#include "lesson.hpp"
#include "skeleton_guard.hpp"
#include "sync.hpp"
#include "test_index.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Blank;
using grader::Course;
using grader::Module;
namespace {

constexpr std::size_t longest_header = 450;
const std::string manifest = "modules/course.json";

/// The line of course.json that first says "text" in quotes, for messages that one can click on.
std::string manifest_line(const Course& course, const std::string& text) {
  const auto lines =
      grader::split_lines(grader::read_text(course.root / "modules" / "course.json"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find("\"" + text + "\"") != std::string::npos)
      return manifest + ":" + std::to_string(i + 1) + ": ";
  }
  return manifest + ":1: ";
}

/// Calls check(); a UsageError that it throws is a problem of the course as well.
template <class Check>
void collect(Problems& problems, Check check) {
  try {
    check();
  } catch (const grader::UsageError& error) {
    problems.emplace_back(error.what());
  }
}

void check_blank_entry(const Course& course, const Module& module, std::size_t i,
                       Problems& problems) {
  const Blank& blank = module.blanks[i];
  const auto problem = [&](const std::string& what) {
    problems.push_back(manifest_line(course, blank.id) + "blank " + blank.id + " " + what);
  };
  const std::string expected = module.id.substr(0, 2) + "." + std::to_string(i + 1);
  if (blank.id != expected) problem("is out of order: expects " + expected + " here");
  if (blank.points <= 0) problem("has no points: give it at least 1");
  if (blank.hints.empty()) problem("has no hint: write at least one");
}

void check_module_sources(const Course& course, const Module& module, Problems& problems) {
  std::set<std::string> found;
  for (const grader::SolutionSource& source : read_solution(course, module)) {
    const std::string shown = source.shown.generic_string();
    const std::size_t length = grader::split_lines(source.text).size();
    if (length > longest_header) {
      problems.push_back(shown + ":" + std::to_string(length) + ": has " + std::to_string(length) +
                         " lines, at most " + std::to_string(longest_header) +
                         " are allowed: split it by idea");
    }
    const std::string skeleton = grader::skeleton_text(source.text, module, source.shown);
    for (const grader::Region& region : source.regions) {
      const std::string place = shown + ":" + std::to_string(region.begin_line) + ": ";
      found.insert(region.id);
      if (region.todo_line == 0) {
        problems.push_back(place + "region " + region.id + " has no comment '// TODO(" + region.id +
                           "): ...' above it");
      }
      const Blank* blank = module.find_blank(region.id);
      if (blank == nullptr) continue;  // skeleton_text has complained
      if (skeleton.find("todo(\"" + blank->id + "\", \"" + blank->function + "\");") ==
          std::string::npos) {
        problems.push_back(place + "the skeleton has no todo(\"" + blank->id + "\", \"" +
                           blank->function + "\")");
      }
    }
  }
  for (const Blank& blank : module.blanks) {
    if (found.count(blank.id)) continue;
    problems.push_back(manifest_line(course, blank.id) + "blank " + blank.id +
                       " has no region in solutions/" + module.id + ": mark it, or take it out");
  }
}

}  // namespace

Problems check_manifest(const Course& course) {
  Problems problems;
  int number = 0;
  for (const Module& module : course.modules) {
    const std::string place = manifest_line(course, module.id);
    if (module.number() != ++number) {
      problems.push_back(place + module.id + " is out of order: expects number " +
                         std::to_string(number) + " here");
    }
    for (const std::string& need : module.needs) {
      if (course.module(need).number() >= module.number()) {
        problems.push_back(place + module.id + " needs " + need +
                           ": a module uses only lower numbers");
      }
    }
    const bool has_folder =
        fs::exists(course.student_dir(module)) || fs::exists(course.solution_dir(module));
    if (module.planned && has_folder) {
      problems.push_back(place + module.id +
                         " is planned but has a folder: finish it, or remove the folder");
    }
    if (module.planned && !module.blanks.empty())
      problems.push_back(place + module.id + " is planned but has blanks");
    if (!module.planned && module.blanks.empty()) {
      problems.push_back(place + module.id +
                         " has no blanks: mark it \"planned\": true until it has");
    }
    for (std::size_t i = 0; i < module.blanks.size(); ++i)
      check_blank_entry(course, module, i, problems);
  }
  return problems;
}

Problems check_sources(const Course& course) {
  Problems problems;
  for (const Module* module : course.available()) {
    collect(problems, [&] { check_module_sources(course, *module, problems); });
  }
  return problems;
}

Problems check_tests(const Course& course) {
  Problems problems;
  for (const Module* module : course.available()) {
    collect(problems, [&] {
      std::set<std::string> guarded;
      for (const char* suite : {"pedagogy", "regression"}) {
        for (const grader::TestCase& test : index_tests(course, *module, suite))
          guarded.insert(test.blank);
      }
      for (const Blank& blank : module->blanks) {
        if (guarded.count(blank.id)) continue;
        problems.push_back(manifest_line(course, blank.id) + "blank " + blank.id +
                           " has no test: tag one with [" + blank.id +
                           "] first in tests/pedagogy/" + module->id);
      }
    });
  }
  return problems;
}

Problems check_lessons(const Course& course) {
  Problems problems;
  for (const Module* module : course.available()) {
    const std::string shown = "modules/" + module->id + "/README.md";
    const fs::path file = course.student_dir(*module) / "README.md";
    if (!fs::exists(file)) {
      problems.push_back(shown + ":1: the lesson of " + module->id + " is missing");
      continue;
    }
    const std::string lesson = grader::read_text(file);
    for (const Blank& blank : module->blanks) {
      if (!lesson_section(lesson, blank.id).empty()) continue;
      problems.push_back(shown + ":1: no heading names blank " + blank.id + " (" + blank.function +
                         ")");
    }
  }
  return problems;
}

Problems check_readme(const Course& course) {
  Problems problems;
  const fs::path file = course.root / "README.md";
  const auto lines = grader::split_lines(fs::exists(file) ? grader::read_text(file) : "");
  for (const Module& module : course.modules) {
    const std::string name =
        module.planned ? module.id : "[" + module.id + "](modules/" + module.id + "/README.md)";
    const std::string start = "| " + name + " | " + module.title;
    char hours[16];
    std::snprintf(hours, sizeof hours, "%g", module.hours);
    const std::string end =
        module.planned ? " | - | planned |"
                       : " | " + std::to_string(module.blanks.size()) + " | " + hours + " |";
    const bool listed = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.starts_with(start) && line.ends_with(end);
    });
    if (!listed) problems.push_back("README.md:1: expects a row '" + start + " ..." + end + "'");
  }
  return problems;
}

Problems check_drift(const Course& course) {
  Problems problems;
  const std::string advice = "; run tito dev sync";
  for (const Module* module : course.available()) {
    collect(problems, [&] {
      std::set<std::string> wanted;
      for (const grader::GeneratedFile& file : skeletons(course, *module)) {
        const std::string shown = "modules/" + module->id + "/" + file.name;
        const fs::path path = course.student_dir(*module) / file.name;
        wanted.insert(file.name);
        if (!fs::exists(path)) {
          problems.push_back(shown + ":1: is missing" + advice);
          continue;
        }
        const auto here = grader::split_lines(grader::read_text(path)),
                   expected = grader::split_lines(file.text);
        const auto differs =
            std::mismatch(here.begin(), here.end(), expected.begin(), expected.end());
        if (differs.first == here.end() && differs.second == expected.end()) continue;
        problems.push_back(shown + ":" + std::to_string(differs.first - here.begin() + 1) +
                           ": differs from what solutions/ gives" + advice);
      }
      for (const fs::path& path : grader::list_files(course.student_dir(*module), ".hpp")) {
        if (wanted.count(path.filename().string())) continue;
        problems.push_back("modules/" + module->id + "/" + path.filename().string() +
                           ":1: has no source in solutions/" + advice);
      }
    });
  }
  collect(problems, [&] {
    if (read_skeleton_record(course) != expected_skeleton_record(course)) {
      problems.push_back("modules/.skeletons:1: does not record these skeletons" + advice);
    }
  });
  return problems;
}

Problems check_course(const Course& course, bool drift) {
  Problems problems = check_manifest(course);
  append(problems, check_sources(course));
  append(problems, check_tests(course));
  append(problems, check_lessons(course));
  append(problems, check_readme(course));
  append(problems, check_catalogue(course));
  append(problems, check_oracles(course));
  append(problems, check_leaks(course));
  if (drift) append(problems, check_drift(course));
  return problems;
}

}  // namespace tito
