#include "mini_course.hpp"

#include <fstream>
#include <stdexcept>

namespace tt_test {
namespace {

const char* const course_json = R"({
  "schema": "tinytorch.course/1", "name": "Mini", "marks": {"integration_percent": 20},
  "modules": [
    {"id": "01_box", "slug": "box", "header": "box.hpp", "title": "boxes", "needs": [], "hours": 1,
     "regression_points": 3, "blanks": [
       {"id": "01.1", "function": "twice", "points": 5, "role": "core", "hints": ["add"]},
       {"id": "01.2", "function": "half", "points": 4, "role": "core", "hints": ["divide"]},
       {"id": "01.3", "function": "thrice", "points": 2, "role": "stretch", "hints": ["add"]}]},
    {"id": "02_lid", "slug": "lid", "header": "lid.hpp", "title": "lids", "needs": ["01_box"], "hours": 1,
     "regression_points": 0, "blanks": [
       {"id": "02.1", "function": "cover", "points": 6, "role": "core", "hints": ["use twice"]}]}],
  "milestones": []
})";

const char* const box = R"(#pragma once
#include <tinytorch/support/memory.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

/// twice(3) is 6.
inline int twice(int x) {
  // TODO(01.1): add it to itself.
  // BEGIN SOLUTION 01.1
  return x + x;
  // END SOLUTION 01.1
}

/// half(6) is 3.
inline int half(int x) {
  // TODO(01.2): divide.
  // BEGIN SOLUTION 01.2
  return x / 2;
  // END SOLUTION 01.2
}

/// thrice(2) is 6.
inline int thrice(int x) {
  // TODO(01.3): add it once more.
  // BEGIN SOLUTION 01.3
  return x + x + x;
  // END SOLUTION 01.3
}

}  // namespace tinytorch
)";

const char* const lid = R"(#pragma once
#include <tinytorch/box.hpp>

namespace tinytorch {

inline int cover(int x) {
  // TODO(02.1): one more than twice.
  // BEGIN SOLUTION 02.1
  return twice(x) + 1;
  // END SOLUTION 02.1
}

}  // namespace tinytorch
)";

const char* const box_tests = R"(
TEST_CASE("twice: of three", "[01.1][core]") { CHECK(tinytorch::twice(3) == 6); }
TEST_CASE("twice: of a negative number", "[01.1][edge]") { CHECK(tinytorch::twice(-3) == -6); }
TEST_CASE("half: of six", "[01.2][core]") { CHECK(tinytorch::half(6) == 3); }
TEST_CASE("thrice: of two", "[01.3][core]") { CHECK(tinytorch::thrice(2) == 6); }
)";

void place_copy(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

}  // namespace

const std::string test_head = R"(#include <tinytorch/box.hpp>

#include "tt_catch.hpp"
)";

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

MiniCourse::MiniCourse() : root_(fs::path(TEST_FOLDER) / "course") {
  const fs::path repository = TINYTORCH_ROOT;
  fs::remove_all(root_);
  write(root_ / "modules" / "course.json", course_json);
  for (const char* header : {"error.hpp", "memory.hpp", "todo.hpp"}) {
    place_copy(repository / "modules" / "support" / header, root_ / "modules" / "support" / header);
  }
  for (const auto& entry : fs::directory_iterator(repository / "tests" / "support")) {
    const std::string file = entry.path().filename().string();
    if (file == "tt_catch.hpp" || file == "pch.hpp" || file == "recorder.cpp" ||
        file == "crash_report.hpp") {
      place_copy(entry.path(), root_ / "tests" / "support" / file);
    }
  }
  place_copy(repository / "cmake" / "profiles.json", root_ / "cmake" / "profiles.json");
  write(root_ / "solutions" / "01_box" / "box.hpp", box);
  write(root_ / "solutions" / "02_lid" / "lid.hpp", lid);
  set_tests("01_box", {{"box.cpp", test_head + box_tests}});
  set_tests(
      "02_lid",
      {{"lid.cpp",
        "#include <tinytorch/lid.hpp>\n#include \"tt_catch.hpp\"\n"
        "TEST_CASE(\"cover: of two\", \"[02.1][core]\") { CHECK(tinytorch::cover(2) == 5); }\n"}});
  write(
      root_ / "tests" / "regression" / "01_halves.cpp",
      test_head +
          "TEST_CASE(\"half of twice is the number\", \"[01][regression]\") {\n"
          "  for (int x = -3; x < 4; ++x) CHECK(tinytorch::half(tinytorch::twice(x)) == x);\n}\n");
}

void MiniCourse::set_tests(const std::string& module,
                           const std::vector<std::pair<std::string, std::string>>& sources) const {
  fs::remove_all(root_ / "tests" / "pedagogy" / module);
  for (const auto& [name, text] : sources)
    write(root_ / "tests" / "pedagogy" / module / name, text);
}

fs::path MiniCourse::submission(const std::string& name) const {
  const fs::path folder = root_ / "submissions" / name;
  fs::remove_all(folder);
  for (const char* file : {"01_box/box.hpp", "02_lid/lid.hpp"})
    place_copy(root_ / "solutions" / file, folder / "modules" / file);
  return folder;
}

grader::SessionOptions MiniCourse::options() const {
  grader::SessionOptions options;
  options.cache = fs::path(TEST_FOLDER) / "cache";
  return options;
}

const grader::TestResult& find(const std::vector<grader::TestResult>& results,
                               const std::string& name) {
  for (const grader::TestResult& result : results) {
    if (result.test.name == name) return result;
  }
  throw std::runtime_error("no result for the test '" + name + "'");
}

}  // namespace tt_test
