#include "mini_course.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include "files.hpp"
#include "scratch.hpp"
#include "skeleton_guard.hpp"
#include "tt_catch.hpp"

namespace tito_test {
namespace fs = std::filesystem;
namespace {

const fs::path repository = TINYTORCH_ROOT;

constexpr const char* manifest = R"({
  "schema": "tinytorch.course/1", "name": "Mini", "marks": {"integration_percent": 20},
  "modules": [
    {"id": "01_count", "slug": "count", "title": "counting", "header": "count.hpp", "needs": [], "hours": 1,
     "regression_points": 1, "blanks": [
      {"id": "01.1", "function": "add_up", "points": 3, "role": "core", "hints": ["one by one"]},
      {"id": "01.2", "function": "largest", "points": 2, "role": "core", "hints": ["keep the best"]}
    ]},
    {"id": "02_twice", "slug": "twice", "title": "doubling", "header": "twice.hpp", "needs": ["01_count"], "hours": 1,
     "regression_points": 0, "milestone": "M1", "blanks": [
      {"id": "02.1", "function": "twice", "points": 2, "role": "core", "hints": ["add it to itself"]}
    ]},
    {"id": "03_later", "slug": "later", "title": "not there yet", "header": "later.hpp", "needs": ["02_twice"],
     "hours": 1, "regression_points": 0, "planned": true}
  ],
  "milestones": [{"id": "M1", "slug": "first", "folder": "01_first", "title": "First", "needs": ["02_twice"]}]
}
)";

constexpr const char* count_header = R"(// 01_count / count.hpp
#pragma once
#include <tinytorch/support/todo.hpp>
#include <vector>

namespace tinytorch {

inline int add_up(const std::vector<int>& numbers) {
  // TODO(01.1): add them all.
  // BEGIN SOLUTION 01.1
  int total = 0;
  for (const int number : numbers) total += number;
  return total;
  // END SOLUTION 01.1
}

inline int largest(const std::vector<int>& numbers) {
  int best = numbers.at(0);
  // TODO(01.2): raise best where a number is larger.
  // BEGIN SOLUTION 01.2
  for (const int number : numbers) best = number > best ? number : best;
  // END SOLUTION 01.2
  return best;
}

}  // namespace tinytorch
)";

constexpr const char* twice_header = R"(// 02_twice / twice.hpp
#pragma once
#include <tinytorch/count.hpp>

namespace tinytorch {

inline int twice(int number) {
  // TODO(02.1): use add_up.
  // BEGIN SOLUTION 02.1
  return add_up({number, number});
  // END SOLUTION 02.1
}

}  // namespace tinytorch
)";

constexpr const char* count_tests = R"(#include "tt_catch.hpp"

#include <tinytorch/count.hpp>

TEST_CASE("add_up: adds every number", "[01.1][core]") { CHECK(tinytorch::add_up({1, 2, 3}) == 6); }

TEST_CASE("add_up: nothing adds up to 0", "[01.1][edge]") { CHECK(tinytorch::add_up({}) == 0); }

TEST_CASE("largest: finds it anywhere", "[01.2][core]") { CHECK(tinytorch::largest({3, 9, 4}) == 9); }
)";

constexpr const char* count_regression = R"(#include "tt_catch.hpp"

#include <tinytorch/count.hpp>

TEST_CASE("add_up: the sum once started at 1", "[01.1][regression]") { CHECK(tinytorch::add_up({0}) == 0); }
)";

constexpr const char* twice_tests = R"(#include "tt_catch.hpp"

#include <tinytorch/twice.hpp>

TEST_CASE("twice: doubles", "[02.1][core]") { CHECK(tinytorch::twice(21) == 42); }
)";

/// Always the same folder, so that what was compiled for it is found in the cache the next time;
/// another one while another process uses it.
fs::path choose_root() {
  const fs::path folder = repository / "build" / "tito_tests";
  fs::create_directories(folder);
  static const int lock = open((folder / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  static const bool ours = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0;
  return ours ? folder / "mini_course" : grader::unique_path(folder, "mini_course");
}

}  // namespace

MiniCourse::MiniCourse() : root_(choose_root()) {
  fs::remove_all(root_);
  const auto copy = [&](const char* part) {
    fs::create_directories((root() / part).parent_path());
    fs::copy(repository / part, root() / part, fs::copy_options::recursive);
  };
  copy("modules/support");
  copy("tests/support");
  copy("cmake/profiles.json");
  write("modules/course.json", manifest);
  write("modules/01_count/README.md", "# Counting\n## 01.1 add_up\nWhy.\n## 01.2 largest\nWhy.\n");
  write("modules/02_twice/README.md", "# Doubling\n## 02.1 twice\nWhy.\n");
  write("README.md", "| [01_count](modules/01_count/README.md) | counting | 2 | 1 |\n"
                     "| [02_twice](modules/02_twice/README.md) | doubling. With M1 | 1 | 1 |\n"
                     "| 03_later | not there yet | - | planned |\n");
  write("solutions/01_count/count.hpp", count_header);
  write("solutions/02_twice/twice.hpp", twice_header);
  write("tests/pedagogy/01_count/count.cpp", count_tests);
  write("tests/pedagogy/02_twice/twice.cpp", twice_tests);
  write("tests/regression/01_start_value.cpp", count_regression);
  tito::sync_skeletons(course(), false, {});
}

MiniCourse::~MiniCourse() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

std::string MiniCourse::read(const std::string& file) const {
  return grader::read_text(root() / file);
}

void MiniCourse::write(const std::string& file, const std::string& text) const {
  grader::write_if_changed(root() / file, text);
}

void MiniCourse::replace(const std::string& file, std::string_view from,
                         std::string_view to) const {
  std::string text = read(file);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  write(file, text.replace(at, from.size(), to));
}

tito::ProofSetting setting_for(const grader::Course& course) {
  tito::ProofSetting setting = tito::proof_setting(course, "g++", 2);
  setting.options.cache = repository / "build" / "cache";
  return setting;
}

bool mentions(const tito::Problems& problems, const std::string& text) {
  for (const std::string& problem : problems) {
    if (problem.find(text) != std::string::npos) return true;
  }
  std::string all =
      "no problem mentions '" + text + "'; there are " + std::to_string(problems.size());
  for (const std::string& problem : problems) all += "\n  " + problem;
  UNSCOPED_INFO(all);
  return false;
}

}  // namespace tito_test
