// Lessons, screens and the state file.
#include "json_output.hpp"
#include "lesson.hpp"
#include "mini_course.hpp"
#include "report.hpp"
#include "screen.hpp"
#include "state.hpp"
#include "test_screen.hpp"
#include "tt_catch.hpp"

using tito_test::MiniCourse;

TEST_CASE("lesson: the section of a blank") {
  const std::string lesson =
      "# Module\n## Blanks\n### 01.1 numel\nfirst\n```\n# no heading\n```\n#### deeper\nmore\n### 01.12 other\nlast\n";
  CHECK(tito::lesson_section(lesson, "01.1") ==
        "### 01.1 numel\nfirst\n```\n# no heading\n```\n#### deeper\nmore\n");
  CHECK(tito::lesson_section(lesson, "01.12") == "### 01.12 other\nlast\n");
  CHECK(tito::lesson_section(lesson, "01.2").empty());
}

TEST_CASE("lesson: prose is filled, listings and tables are kept") {
  CHECK(tito::fill_prose("one two\nthree four\n\n- five six seven\n- eight\n", 12) ==
        "one two\nthree four\n\n- five six\n  seven\n- eight\n");
  const std::string kept =
      "# A long heading stays\n```\na long line of code\n```\n| a | long | table |\n";
  CHECK(tito::fill_prose(kept, 12) == kept);
}

TEST_CASE("screen: lines end at the width, listings are kept") {
  CHECK(tito::wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(tito::wrap("unbreakable", 4) == std::vector<std::string>{"unbreakable"});
  CHECK(tito::wrap("  a   table   row", 8) == std::vector<std::string>{"  a   table   row"});
  CHECK(tito::pad("ab", 4) == "ab  ");
  CHECK(tito::pad("abcd", 4) == "abcd ");
  CHECK(tito::bar(0, 12, 12) == "............");
  CHECK(tito::bar(1, 100, 12) == "#...........");
  CHECK(tito::bar(12, 12, 12) == "############");
}

TEST_CASE("state: survives, and a damaged file is an empty one") {
  const MiniCourse mini;
  const auto file = mini.root() / "build" / "state.json";
  tito::State state;
  state.hints_shown["01.1"] = 2;
  state.milestones["M1"] = {true, "2026-11-20", "accuracy 0.93"};
  state.save(file);
  const tito::State again = tito::State::load(file);
  CHECK(again.hints_shown.at("01.1") == 2);
  CHECK(again.milestones.at("M1").summary == "accuracy 0.93");
  for (const char* damage : {"", "{", "[]", "{\"hints\": 3}"}) {
    mini.write("build/state.json", damage);
    CHECK(tito::State::load(file).hints_shown.empty());
  }
}

TEST_CASE("reference: part of a module may pass, and says so") {
  tito::ModuleReport report;  // of one blank: core_passed is about all of them
  grader::ModuleResult result;
  CHECK(reference_verdict(report, result) == "the reference does not pass");  // nothing ran
  result.tests.resize(2);
  result.tests[0].status = result.tests[1].status = grader::Status::pass;
  CHECK(reference_verdict(report, result) == "what was tested of the reference passes");
  result.tests[1].status = grader::Status::fail;
  CHECK(reference_verdict(report, result) == "the reference does not pass");
  report.core_passed = true;
  CHECK(reference_verdict(report, result) == "the reference passes");
}

TEST_CASE("report: a blank passes only if all its tests do") {
  const MiniCourse mini;
  const grader::Course course = mini.course();
  grader::ModuleResult result;
  const auto add = [&](const std::string& blank, grader::Status status, const std::string& todo) {
    grader::TestResult test;
    test.test.blank = blank;
    test.status = status;
    test.todo_blank = todo;
    result.tests.push_back(test);
  };
  using grader::Status;
  add("01.1", Status::pass, "");
  add("01.1", Status::leak, "");
  add("01.2", Status::todo, "01.1");
  const tito::ModuleReport report = tito::report_of(course.module("01"), result);
  REQUIRE(report.blanks.size() == 2);
  CHECK(report.blanks[0].state == tito::BlankState::fail);
  CHECK(report.blanks[0].failed == 1);
  CHECK(report.blanks[1].state == tito::BlankState::todo);
  CHECK(report.blanks[1].waits_for == "01.1");
  CHECK_FALSE(report.core_passed);
  CHECK(report.next()->id == "01.1");
  CHECK(tito::report_text(tito::parse_report(tito::report_text(report))) ==
        tito::report_text(report));
}
