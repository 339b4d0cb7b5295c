// The reports on a class: who has no mark and why, what is counted, and that no word of a student
// does any harm.
#include "export/class_summary.hpp"
#include "export/csv_read.hpp"
#include "files.hpp"
#include "json_schema.hpp"
#include "process.hpp"
#include "tt_catch.hpp"

using grader::ClassStudent;
using grader::StudentResult;
using nlohmann::json;
using tt_test::contains;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(TINYTORCH_ROOT) / "grader" / "tests" / "golden";
fs::path folder() { return fs::path(TEST_FOLDER) / "class"; }

json hostile() { return json::parse(grader::read_text(golden / "hostile.json")); }

/// The hostile result with another score, and a submission of its own.
json scored(int score, const std::string& hash) {
  json result = hostile();
  result["flags"] = json::array();
  result["submission"]["hash"] = hash;
  result["totals"]["score"] = score;
  result["modules"][0]["score"] = std::min(score, 9);
  result["modules"][1]["score"] = std::max(score - 9, 0);
  return result;
}

json without_failures(int score, const std::string& hash) {
  json result = scored(score, hash);
  for (json& module : result["modules"]) {
    for (json& test : module["tests"]) test["status"] = "pass";
  }
  return result;
}

/// A class in files: results/ID.json and a roster.
fs::path write_class() {
  fs::remove_all(folder());
  const auto write = [](const std::string& name, const std::string& text) {
    grader::write_if_changed(folder() / name, text);
  };
  json failed = hostile();
  failed["problem"] = "no compiler <b>here</b>";
  failed["submission"]["hash"] = "h-fay";
  json other = scored(3, "h-other");
  other["totals"]["max_score"] = 9;
  write("results/ann.json", without_failures(15, "h-ann").dump());
  write("results/ben.json", scored(9, "h-same").dump());
  write("results/cat.json", scored(9, "h-same").dump());
  write("results/dan.json", scored(0, "h-skeleton").dump());
  write("results/dot.json", scored(0, "h-skeleton").dump());
  write("results/eve.json", hostile().dump());
  write("results/fay.json", failed.dump());
  write("results/gil.json", "{");
  write("results/hal.json", other.dump());
  write("roster.csv",
        "id,name,canvas_id,SIS Login ID,section\n"
        "ann,\"Ann, A.\",11,ann@uni,S1\nben,Ben,12,,S1\ncat,Cat,,,\ndan,Dan,,,\ndot,Dot,,,\n"
        "fay,Fay,,,\ngil,Gil,,,\nhal,Hal,,,\n\"=ida<b>\",\"=Ida <b>\",,,\n");
  return folder();
}

grader::ClassSummary class_summary() {
  write_class();
  const auto roster = grader::read_roster(folder() / "roster.csv");
  return summarize(grader::read_results(folder() / "results"), &roster);
}

const ClassStudent& student(const grader::ClassSummary& summary, const std::string& id) {
  for (const ClassStudent& entry : summary.students) {
    if (entry.person.id == id) return entry;
  }
  throw std::runtime_error("no student " + id);
}

}  // namespace

TEST_CASE("class: whoever has no mark is listed with a reason, and counted in no mean") {
  const auto summary = class_summary();
  using State = ClassStudent::State;
  CHECK(summary.students.size() == 10);
  CHECK(summary.count(State::marked) == 6);
  CHECK(summary.count(State::no_mark) == 3);
  CHECK(summary.count(State::missing) == 1);
  CHECK(summary.max_score == 15);
  CHECK_THAT(student(summary, "fay").note, contains("no compiler"));
  CHECK_THAT(student(summary, "gil").note, contains("no JSON"));
  CHECK_THAT(student(summary, "hal").note, contains("graded out of 9 points, others of 15"));
  CHECK_THAT(student(summary, "=ida<b>").note, contains("there is no result"));
  CHECK_FALSE(student(summary, "eve").on_roster);
  CHECK(student(summary, "ann").on_roster);

  REQUIRE(summary.modules.size() == 2);
  CHECK(summary.modules[0].mean > 5.33);  // (9 + 9 + 9 + 0 + 0 + 5) / 6
  CHECK(summary.modules[0].mean < 5.34);
  CHECK(summary.modules[0].full == 3);
  CHECK(summary.modules[0].zero == 2);
  CHECK(summary.modules[1].full == 1);
}

TEST_CASE("class: blanks, misconceptions, twins, slowest") {
  const auto summary = class_summary();
  REQUIRE(summary.blanks.size() == 3);
  CHECK(summary.blanks[0].id == "01.1");
  CHECK(summary.blanks[0].failed == 5);  // all that are marked, but ann
  CHECK(summary.blanks[0].todo == 0);
  CHECK(summary.blanks[1].id == "02.1");
  CHECK(summary.blanks[2].id == "01.2");
  CHECK(summary.blanks[2].failed == 0);
  CHECK(summary.blanks[2].todo == 5);
  REQUIRE(summary.misconceptions.size() == 1);
  CHECK(summary.misconceptions[0].text == "halves round down");
  CHECK(summary.misconceptions[0].students == 5);
  CHECK(summary.twins == std::vector<std::vector<std::string>>{{"ben", "cat"}});  // not the zeros
  CHECK(summary.slowest.size() == 8);
}

TEST_CASE("class: summary.json follows its schema") {
  const json schema = json::parse(
      grader::read_text(fs::path(TINYTORCH_ROOT) / "grader" / "schema" / "class.schema.json"));
  json value = summary_json(class_summary());
  for (const std::string& error : tt_test::schema_errors(schema, value)) FAIL_CHECK(error);
  CHECK(value["counts"]["missing"] == 1);
  for (const json& entry : value["students"])
    CHECK(entry["score"].is_null() == (entry["state"] != "marked"));
  value["students"][0]["score"] = 0;  // "=ida<b>" handed in nothing: that is not 0 points
  CHECK(tt_test::schema_errors(schema, value).size() == 1);
}

TEST_CASE("class: grades.csv has Canvas's columns, and no zero for nothing") {
  const auto rows = grader::parse_csv(grades_csv(class_summary(), "TinyTorch"));
  REQUIRE(rows.size() == 12);
  CHECK(rows[0] == std::vector<std::string>{"Student", "ID", "SIS User ID", "SIS Login ID",
                                            "Section", "TinyTorch"});
  CHECK(rows[1] == std::vector<std::string>{"    Points Possible", "", "", "", "", "15"});
  std::map<std::string, std::vector<std::string>> by_name;
  for (const auto& row : rows) {
    CHECK(row.size() == 6);
    by_name[row[0]] = row;
  }
  CHECK(by_name.at("Ann, A.") ==
        std::vector<std::string>{"Ann, A.", "11", "", "ann@uni", "S1", "15"});
  CHECK(by_name.at("Ben")[3].empty());   // Canvas's own id is enough
  CHECK(by_name.at("Cat")[3] == "cat");  // nothing else is known
  CHECK(by_name.at("Dan")[5] == "0");
  for (const char* nobody : {"Fay", "Gil", "Hal", "'=Ida <b>"})
    CHECK(by_name.at(nobody)[5].empty());
}

TEST_CASE("class: summary.html is one page without scripts and without the students' markup") {
  const std::string html = summary_html(class_summary());
  for (const char* bad : {"<script", "<b>", "<img", "src=", "href=", "http:", "https:"}) {
    CAPTURE(bad);
    CHECK(html.find(bad) == html.npos);
  }
  CHECK_THAT(html, contains("default-src 'none'") && contains("prefers-color-scheme: dark"));
  CHECK_THAT(html, contains("4 without a mark. That is not a zero"));
  CHECK_THAT(html, contains("=Ida &lt;b&gt; (=ida&lt;b&gt;)"));
  CHECK_THAT(html, contains("ben, cat"));
  CHECK_THAT(html, contains("is not on the roster"));
}

TEST_CASE("class: an empty one, and one without a roster") {
  const auto nobody = grader::summarize({}, nullptr);
  CHECK(nobody.students.empty());
  CHECK_THAT(summary_html(nobody), contains("0 students, 0 marked"));
  CHECK(grader::parse_csv(grades_csv(nobody, "x")).size() == 2);
  write_class();
  const auto summary = grader::summarize(grader::read_results(folder() / "results"), nullptr);
  CHECK(summary.students.size() == 9);
  for (const ClassStudent& entry : summary.students) CHECK(entry.on_roster);
}

TEST_CASE("class: a roster that cannot be right is refused") {
  const auto refused = [](const std::string& text, const std::string& words) {
    const fs::path file = folder() / "bad.csv";
    grader::write_if_changed(file, text);
    CHECK_THROWS_WITH(grader::read_roster(file), contains(words));
  };
  refused("", "column id");
  refused("name,login\nx,y\n", "column id");
  refused("id\nann\nann\n", "'ann' in row 3");
  refused("name,id\nAnn,\n", "'' in row 2");
  CHECK_THROWS_AS(grader::summarize({{"ann", {}, "x"}, {"ann", {}, "y"}}, nullptr),
                  grader::UsageError);
}

TEST_CASE("the grader program: summary") {
  write_class();
  grader::ProcessSpec spec;
  spec.arguments = {GRADER,      "summary",
                    "--results", folder() / "results",
                    "--roster",  folder() / "roster.csv",
                    "--out",     folder() / "out"};
  spec.environment = grader::minimal_environment();
  const auto result = run_process(spec);
  CHECK(result.exit_code == 3);  // some have no mark
  CHECK_THAT(result.out, contains("students         10") && contains("without a mark   4"));
  for (const char* name : {"summary.json", "grades.csv", "summary.html"})
    CHECK(fs::file_size(folder() / "out" / name) > 100);
  for (const char* id : {"eve", "fay", "gil", "hal"})
    fs::remove(folder() / "results" / (std::string(id) + ".json"));
  spec.arguments.erase(spec.arguments.begin() + 4, spec.arguments.begin() + 6);  // no roster
  CHECK(run_process(spec).exit_code == 0);
  spec.arguments[3] = "nowhere";
  CHECK(run_process(spec).exit_code == 2);
}
