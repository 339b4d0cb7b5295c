#include "replay.hpp"

#include <algorithm>
#include <set>

#include "files.hpp"
#include "process.hpp"
#include "skeleton_guard.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Course;
using grader::Module;
namespace {

using Lines = std::vector<std::string>;

/// The repository again, by links, but with modules and a build folder of its own.
Course make_tree(const ReplaySetting& setting) {
  const fs::path& from = setting.course.root;
  const fs::path& root = setting.work;
  fs::remove_all(root);
  fs::create_directories(root / "modules");
  fs::create_directories(root / "build");
  const std::set<std::string> own = {"modules", "build", ".git"};
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    const fs::path name = entry.path().filename();
    if (!own.count(name.string())) fs::create_symlink(entry.path(), root / name);
  }
  fs::copy_file(from / "modules" / "course.json", root / "modules" / "course.json");
  fs::create_symlink(from / "modules" / "support", root / "modules" / "support");
  fs::create_symlink(setting.tools, root / "build" / "tools");
  fs::create_directories(setting.cache);
  fs::create_symlink(setting.cache, root / "build" / "cache");
  const Course course = Course::load(root);
  sync_skeletons(course, false, {});
  return course;
}

/// A skeleton in which the region's lines, markers too, stand where todo(...) stood: what somebody
/// gets who copies them.
std::string pasted(const std::string& skeleton, const grader::SolutionSource& source) {
  const Lines solution = grader::split_lines(source.text);
  Lines out;
  for (const std::string& line : grader::split_lines(skeleton)) {
    const auto region = std::find_if(
        source.regions.begin(), source.regions.end(),
        [&](const auto& r) { return line.starts_with(r.indent + "todo(\"" + r.id + "\","); });
    if (region == source.regions.end()) {
      out.push_back(line);
    } else {
      out.insert(out.end(), solution.begin() + region->begin_line - 1,
                 solution.begin() + region->end_line);
    }
  }
  std::string text;
  for (const std::string& line : out) text += line + "\n";
  return text;
}

void solve(const Course& student, const Module& module) {
  for (const grader::SolutionSource& source : read_solution(student, module)) {
    const fs::path file = student.student_dir(module) / source.name;
    grader::write_if_changed(file, pasted(grader::read_text(file), source));
  }
}

struct Said {
  int code = 0;
  Lines lines;
  bool says(const std::string& words) const {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.find(words) != std::string::npos;
    });
  }
};

Said tito(const Course& student, std::vector<std::string> arguments) {
  grader::ProcessSpec spec;
  spec.arguments = {(student.root / "build" / "tools" / "bin" / "tito").string()};
  spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
  spec.environment = grader::minimal_environment();
  spec.environment.push_back("TINYTORCH_ROOT=" + student.root.string());
  spec.folder = student.root;
  spec.wall_seconds = 1200;
  const grader::ProcessResult run = run_process(spec);
  return {run.exit_code, grader::split_lines(run.out + run.err)};
}

/// What went wrong, with what tito said below it.
void complain(Problems& problems, const std::string& what, const Said& said) {
  problems.push_back("replay: " + what);
  const std::size_t shown = std::min<std::size_t>(said.lines.size(), 20);
  for (std::size_t i = 0; i < shown; ++i) problems.push_back("  | " + said.lines[i]);
}

/// Milestones are ready when what they need is solved, and not before.
void check_milestones(const Course& student, int solved, Problems& problems) {
  const Said list = tito(student, {"milestone", "list"});
  for (const grader::Milestone& milestone : student.milestones) {
    const bool expected = std::all_of(
        milestone.needs.begin(), milestone.needs.end(),
        [&](const std::string& need) { return student.module(need).number() <= solved; });
    const bool ready = std::any_of(list.lines.begin(), list.lines.end(), [&](const auto& line) {
      return line.starts_with(milestone.id + " ") && line.find("ready") != std::string::npos;
    });
    if (ready == expected) continue;
    complain(problems,
             milestone.id + " should be " + (expected ? "ready" : "locked") +
                 " with modules 1 to " + std::to_string(solved) + " solved",
             list);
  }
}

/// "148 of 148 blanks     1000 of 1000 points"
void check_total(const Course& student, Problems& problems) {
  int blanks = 0, points = 0;
  for (const Module* module : student.available()) {
    points += module->max_points();
    for (const grader::Blank& blank : module->blanks) blanks += blank.stretch ? 0 : 1;
  }
  const auto all = [](int n, const char* noun) {
    return std::to_string(n) + " of " + std::to_string(n) + " " + noun;
  };
  const Said status = tito(student, {"status"});
  for (const std::string& total : {all(blanks, "blank"), all(points, "point")}) {
    if (!status.says(total)) complain(problems, "tito status should say " + total, status);
  }
  const Said next = tito(student, {"next"});
  if (!next.says("are done")) complain(problems, "tito next should have nothing left", next);
}

}  // namespace

Problems prove_replay(const ReplaySetting& setting) {
  const Course student = make_tree(setting);
  Problems problems;
  check_milestones(student, 0, problems);
  for (const Module* module : student.available()) {
    const std::string number = module->id.substr(0, 2);
    const auto first = std::find_if(module->blanks.begin(), module->blanks.end(),
                                    [](const grader::Blank& blank) { return !blank.stretch; });
    const Said next = tito(student, {"next"});
    if (first != module->blanks.end() && !next.says(first->id + " ")) {
      complain(problems, "tito next should name " + first->id, next);
    }
    solve(student, *module);
    const Said test = tito(student, {"test", number});
    if (test.code != 0) complain(problems, "tito test " + number + " should pass", test);
    check_milestones(student, module->number(), problems);
    if (!problems.empty()) return problems;
  }
  check_total(student, problems);
  return problems;
}

}  // namespace tito
