// `grader run` as a whole: what is taken, what is written, what it answers.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "files.hpp"
#include "grade.hpp"
#include "json_schema.hpp"
#include "mini_course.hpp"
#include "process.hpp"
#include "sync.hpp"
#include "tt_catch.hpp"

using grader::Status;
using nlohmann::json;
using namespace tt_test;

namespace {

json read_json(const fs::path& file) { return json::parse(grader::read_text(file)); }

std::vector<std::string> progress_errors(const json& report) {
  return schema_errors(
      read_json(fs::path(TINYTORCH_ROOT) / "grader" / "schema" / "progress.schema.json"), report);
}

/// Changes one text in a header of the submission.
void edit(const fs::path& file, const std::string& from, const std::string& to) {
  std::string text = grader::read_text(file);
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  write(file, text.replace(at, from.size(), to));
}

struct Graded {
  grader::Grade grade;
  json report;
};

Graded run(const MiniCourse& mini, const fs::path& submission, const std::string& modules = "") {
  const fs::path json_file = mini.root() / "out" / "progress.json";
  grader::GradeOptions options;
  options.submission = submission;
  options.modules = modules;
  options.json = json_file;
  options.session = mini.options();
  options.on_module = [&](const grader::ModuleResult&) {
    CHECK(progress_errors(read_json(json_file)).empty());
  };
  Graded graded{grader::grade(mini.load(), options), {}};
  graded.report = read_json(json_file);
  for (const std::string& error : progress_errors(graded.report)) FAIL_CHECK(error);
  return graded;
}

}  // namespace

TEST_CASE("grade: the reference has all points and answers 0") {
  const MiniCourse mini;
  const auto [grade, report] = run(mini, mini.submission("all"));
  CHECK(grade.exit_code() == 0);
  CHECK(report["totals"]["score"] == 18);  // 5 + 4 + 3 regression + 6
  CHECK(report["totals"]["max_score"] == 18);
  CHECK(report["totals"]["stretch_score"] == 2);
  CHECK(report["totals"]["passed"] == 6);
  CHECK(report["next"].is_null());
  CHECK(report["complete"] == true);
  CHECK(report["modules"][0]["status"] == "pass");
}

TEST_CASE("grade: the skeleton has 0 points, every test says todo, and next is the first blank") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("skeleton");
  skeleton_tree(mini.load(), submission);
  const auto [grade, report] = run(mini, submission);
  CHECK(grade.exit_code() == 1);
  CHECK(report["totals"]["score"] == 0);
  CHECK(report["totals"]["stretch_score"] == 0);
  CHECK(report["totals"]["todo"] == 6);
  CHECK(report["next"]["blank"] == "01.1");
  CHECK(report["next"]["function"] == "twice");
  CHECK(report["next"]["file"] == "modules/01_box/box.hpp");
  const auto lines = grader::split_lines(grader::read_text(submission / "modules/01_box/box.hpp"));
  CHECK_THAT(lines.at(report["next"]["line"].get<std::size_t>() - 1), contains("todo(\"01.1\""));
}

TEST_CASE("grade: a stretch blank that is not written does not fall short") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("core");
  edit(submission / "modules/01_box/box.hpp", "return x + x + x;", "todo(\"01.3\", \"thrice\");");
  const auto [grade, report] = run(mini, submission);
  CHECK(grade.exit_code() == 0);
  CHECK(report["totals"]["score"] == 18);
  CHECK(report["totals"]["stretch_score"] == 0);
  CHECK(report["next"]["blank"] == "01.3");
}

TEST_CASE("grade: one wrong function costs its own tests") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("wrong");
  edit(submission / "modules/01_box/box.hpp", "return x / 2;", "return x >> 3;");
  const auto [grade, report] = run(mini, submission);
  CHECK(grade.exit_code() == 1);
  CHECK(report["totals"]["score"] == 11);
  CHECK(report["totals"]["failed"] == 2);  // half itself, and the regression test that uses it
  CHECK(report["next"]["blank"] == "01.2");
}

TEST_CASE(
    "grade: what does not compile is said in one sentence, with its place in the submission") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("broken");
  edit(submission / "modules/01_box/box.hpp", "return x / 2;", "return x.length();");
  const auto [grade, report] = run(mini, submission);
  CHECK(grade.exit_code() == 1);
  for (const json& test : report["modules"][0]["tests"]) {
    CHECK(test["status"] == "compile_error");
    CHECK_THAT(test["message"].get<std::string>(), contains("modules/01_box/box.hpp:19"));
  }
  CHECK_THAT(report["modules"][0]["compile_log"].get<std::string>(), contains("error"));
}

TEST_CASE("grade: a module that is missing is not run, and those that need it are blocked") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("gap");
  fs::remove_all(submission / "modules/01_box");
  const auto [grade, report] = run(mini, submission);
  CHECK(grade.exit_code() == 1);
  CHECK(report["modules"][0]["status"] == "not_run");
  CHECK(report["modules"][0]["max_score"] == 12);
  CHECK_THAT(report["modules"][0]["tests"][0]["message"].get<std::string>(),
             contains("modules/01_box is missing"));
  CHECK(report["modules"][1]["status"] == "blocked");
  CHECK_THAT(report["modules"][1]["tests"][0]["message"].get<std::string>(), contains("01_box"));
}

TEST_CASE("grade: links, devices and huge files are not taken") {
  const MiniCourse mini;
  const fs::path box = "modules/01_box/box.hpp";
  const auto first_message = [&](const fs::path& submission) {
    const auto graded = run(mini, submission, "01");
    CHECK(graded.report["modules"][0]["status"] == "not_run");
    return graded.report["modules"][0]["tests"][0]["message"].get<std::string>();
  };
  SECTION("a link to the solution") {
    const fs::path submission = mini.submission("link");
    fs::remove(submission / box);
    fs::create_symlink(mini.root() / "solutions/01_box/box.hpp", submission / box);
    CHECK_THAT(first_message(submission), contains("links are not followed"));
  }
  SECTION("a folder that is a link") {
    const fs::path submission = mini.submission("folder_link");
    fs::remove_all(submission / "modules/01_box");
    fs::create_directory_symlink(mini.root() / "solutions/01_box", submission / "modules/01_box");
    CHECK_THAT(first_message(submission), contains("links are not followed"));
  }
  SECTION("a named pipe, on which a reader would wait for ever") {
    const fs::path submission = mini.submission("pipe");
    fs::remove(submission / box);
    REQUIRE(mkfifo((submission / box).c_str(), 0600) == 0);
    CHECK_THAT(first_message(submission), contains("no regular file"));
  }
  SECTION("a file of more than 1 MB") {
    const fs::path submission = mini.submission("huge");
    write(submission / box, std::string((1 << 20) + 1, ' '));
    CHECK_THAT(first_message(submission), contains("larger than 1 MB"));
  }
}

TEST_CASE("grade: files of other names are not taken") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("extra");
  write(submission / "modules/01_box/extra.hpp", "#pragma once\n");
  write(submission / "modules/support/todo.hpp", "#error \"not ours\"\n");
  write(submission / "tests/pedagogy/01_box/box.cpp", "#error \"not ours\"\n");
  edit(submission / "modules/01_box/box.hpp", "#pragma once",
       "#pragma once\n#include \"extra.hpp\"");
  const auto [grade, report] = run(mini, submission, "01");
  CHECK(report["modules"][0]["status"] == "compile_error");
  CHECK_THAT(report["modules"][0]["tests"][0]["message"].get<std::string>(), contains("extra.hpp"));
}

TEST_CASE("grade: what was not taken stands in the report") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("listed");
  write(submission / "modules/01_box/box.hpp.gch", "compiled already");
  write(submission / "modules/01_box/na\nme\x1b[2J", "");
  const auto [grade, report] = run(mini, submission, "01");
  CHECK(grade.exit_code() == 0);
  const json& rejected = report["submission"]["rejected"];
  REQUIRE(rejected.size() == 2);
  CHECK(rejected[0]["path"] == "modules/01_box/box.hpp.gch");
  CHECK(rejected[1]["path"] == "modules/01_box/na?me?[2J");
  CHECK_THAT(rejected[1]["reason"].get<std::string>(), contains("cannot be seen"));
  CHECK(report["submission"]["rejected_more"] == 0);
}

TEST_CASE("grade: a failure of the grader is no mark") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("fine");
  grader::GradeOptions options;
  options.submission = submission;
  options.session = mini.options();
  options.session.compiler = "/nowhere/g++";
  const grader::Grade grade = grader::grade(mini.load(), options);
  CHECK(grade.exit_code() == 3);
  CHECK(grade.modules[0].status() == Status::infra_error);
}

TEST_CASE("the grader program: exit codes, summary, and a report from the first second") {
  const MiniCourse mini;
  const fs::path submission = mini.submission("all");
  const fs::path out = mini.root() / "result.json";
  const auto grader_run = [&](std::vector<std::string> more) {
    grader::ProcessSpec spec;
    spec.arguments = {GRADER, "run", "--course", mini.root().string(), "--modules", "01"};
    spec.arguments.insert(spec.arguments.end(), more.begin(), more.end());
    spec.environment = grader::minimal_environment();
    return grader::run_process(spec);
  };
  SECTION("passed") {
    const auto result = grader_run(
        {"--submission", submission.string(), "--suite", "pedagogy", "--json", out.string()});
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.out, contains("01_box") && contains("9 of    9 points"));
    CHECK(progress_errors(read_json(out)).empty());
  }
  SECTION("a student's words are no command to the program that shows the log") {
    mini.set_tests("01_box", {{"box.cpp", test_head +
                                              "TEST_CASE(\"half: of six\", \"[01.2][core]\") {\n"
                                              "  const int x = tinytorch::half(6);\n"
                                              "  CHECK(x == 3);\n}\n"}});
    edit(submission / "modules/01_box/box.hpp", "return x / 2;",
         "throw std::runtime_error(\"##[error]broken\" + std::to_string(x));");
    const auto result = grader_run({"--submission", submission.string(), "--suite", "pedagogy"});
    CHECK_THAT(result.out, contains("[error]broken") && !contains("##[error]"));
  }
  SECTION("usage") {
    CHECK(grader_run({}).exit_code == 2);
    CHECK(grader_run({"--submission", (mini.root() / "nowhere").string()}).exit_code == 2);
    CHECK(grader_run({"--submission", submission.string(), "--suite", "nonsense"}).exit_code == 2);
    CHECK(grader_run({"--submission", submission.string(), "--modules", "7"}).exit_code == 2);
  }
  SECTION("infrastructure") {
    CHECK(grader_run({"--submission", submission.string(), "--json", "/proc/nowhere/x.json"})
              .exit_code == 3);
  }
}

TEST_CASE("the schema refuses what it should") {
  const MiniCourse mini;
  const json good = run(mini, mini.submission("all"), "01").report;
  json bad = good;
  SECTION("a status of another world") { bad["modules"][0]["tests"][0]["status"] = "excellent"; }
  SECTION("half a point") { bad["modules"][0]["score"] = 1.5; }
  SECTION("a negative number") { bad["totals"]["passed"] = -1; }
  SECTION("a missing field") { bad["totals"].erase("todo"); }
  SECTION("a field that nobody knows") { bad["modules"][0]["grade"] = "A"; }
  SECTION("another schema") { bad["schema"] = "tinytorch.progress/2"; }
  CHECK(progress_errors(good).empty());
  CHECK(progress_errors(bad).size() == 1);
}
