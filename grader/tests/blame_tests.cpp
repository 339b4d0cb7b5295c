// Whose fault a failure is, and what it costs.
#include "files.hpp"
#include "grade.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"

using grader::Status;
using namespace tt_test;

namespace {

grader::Grade grade_with(const MiniCourse& mini, const std::string& from, const std::string& to,
                         const std::string& file = "modules/01_box/box.hpp") {
  const fs::path submission = mini.submission("blame");
  std::string text = grader::read_text(submission / file);
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  write(submission / file, text.replace(at, from.size(), to));
  grader::GradeOptions options;
  options.submission = submission;
  options.session = mini.options();
  return grader::grade(mini.load(), options);
}

}  // namespace

TEST_CASE("blame: a bug in 01 costs 01's points and the integration part of 02") {
  const MiniCourse mini;
  const grader::Grade grade = grade_with(mini, "return x + x;", "return x + x + 1;");
  const auto& box = grade.modules.at(0);
  const auto& lid = grade.modules.at(1);
  CHECK(box.score < box.max_score);
  REQUIRE(box.blame.has_value());
  CHECK(box.blame->module == "01_box");
  REQUIRE(lid.tests.size() == 1);
  CHECK(lid.tests[0].status == Status::fail);
  CHECK(lid.tests[0].isolated == Status::pass);
  CHECK(lid.score == 5);  // of 6: a fifth, rounded, is 1
  REQUIRE(lid.blame.has_value());
  CHECK(lid.blame->module == "01_box");
  CHECK(lid.blame->method == "bisection");
}

TEST_CASE("blame: a module that fails alone, too, is at fault itself") {
  const MiniCourse mini;
  const grader::Grade grade =
      grade_with(mini, "return twice(x) + 1;", "return twice(x);", "modules/02_lid/lid.hpp");
  CHECK(grade.modules.at(0).score == grade.modules.at(0).max_score);
  CHECK_FALSE(grade.modules.at(0).blame.has_value());
  const auto& lid = grade.modules.at(1);
  CHECK(lid.score == 0);
  REQUIRE(lid.blame.has_value());
  CHECK(lid.blame->module == "02_lid");
  CHECK(lid.blame->method == "isolated");
}

TEST_CASE("blame: a blank that an earlier module lacks does not cost the later one its points") {
  const MiniCourse mini;
  const grader::Grade grade = grade_with(mini, "return x + x;", "todo(\"01.1\", \"twice\");");
  const auto& lid = grade.modules.at(1);
  CHECK(lid.tests.at(0).status == Status::todo);
  CHECK(lid.tests.at(0).isolated == Status::pass);
  CHECK(lid.score == 5);
}
