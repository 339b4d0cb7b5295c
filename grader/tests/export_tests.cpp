// The exporters: each format against its published shape, hostile words in every field, and never a
// zero where the grader failed.
#include <algorithm>
#include <cstdlib>

#include "export/class_summary.hpp"
#include "export/escape.hpp"
#include "export/html_page.hpp"
#include "export/writers.hpp"
#include "files.hpp"
#include "json_schema.hpp"
#include "process.hpp"
#include "tt_catch.hpp"

using nlohmann::json;
using tt_test::contains;
namespace fs = std::filesystem;

namespace {

const fs::path schemas = fs::path(TINYTORCH_ROOT) / "grader" / "schema";
const fs::path golden = fs::path(TINYTORCH_ROOT) / "grader" / "tests" / "golden";
const grader::Classroom50 place = {"cs-101",
                                   "tinytorch",
                                   "submit/3",
                                   "https://forge.example/c/1",
                                   "https://forge.example/r/3",
                                   "https://forge.example/c/1",
                                   "2026-01-31T12:00:00Z"};

json read_json(const fs::path& file) { return json::parse(grader::read_text(file)); }
json hostile() { return read_json(golden / "hostile.json"); }

std::vector<std::string> errors(const std::string& schema, const json& value) {
  return tt_test::schema_errors(read_json(schemas / schema), value);
}

fs::path work_file(const std::string& name, const std::string& text) {
  const fs::path file = fs::path(TEST_FOLDER) / "export" / name;
  grader::write_if_changed(file, text);
  return file;
}

/// All formats of a result, by the names of their golden files.
std::map<std::string, std::string> all_formats(const json& result) {
  const grader::ResultView view = grader::parse_result(result);
  return {{"hostile.junit.xml", grader::junit_xml(view)},
          {"hostile.gradescope.json", grader::gradescope_json(view).dump(2) + "\n"},
          {"hostile.classroom50.json", grader::classroom50_json(view, place).dump(2) + "\n"},
          {"hostile.csv", grader::results_csv({{"=1+1", view}, {"plain", view}})},
          {"hostile.md", grader::markdown_report(view)},
          {"hostile.html", grader::html_report(view)}};
}

grader::ProcessResult run(std::vector<std::string> arguments,
                          std::vector<std::string> environment = {}) {
  grader::ProcessSpec spec;
  spec.arguments = std::move(arguments);
  spec.environment = grader::minimal_environment();
  spec.environment.insert(spec.environment.end(), environment.begin(), environment.end());
  return grader::run_process(spec);
}

/// Where npm put ajv: `npm install --prefix build/ajv ajv@8`, or wherever TT_AJV says.
std::string ajv_folder() {
  const char* told = std::getenv("TT_AJV");
  const fs::path folder =
      (told != nullptr ? fs::path(told) : fs::path(TINYTORCH_ROOT) / "build" / "ajv") /
      "node_modules";
  return fs::exists(folder / "ajv") ? folder.string() : "";
}

/// The same result as if the grader had failed in one of three ways.
std::vector<json> without_mark() {
  json problem = hostile(), stopped = hostile(), infra = hostile(), silent = hostile();
  problem["problem"] = "the compiler is gone <b>";
  stopped["complete"] = false;
  infra["modules"][1]["tests"][0]["status"] = "infra_error";
  silent.erase("complete");
  return {problem, stopped, infra, silent};
}

}  // namespace

TEST_CASE("export: every format of a hostile result is what it was") {
  CHECK(errors("progress.schema.json", hostile()).empty());
  for (const auto& [name, text] : all_formats(hostile())) {
    const fs::path written = work_file(name, text);
    const std::string expected =
        fs::exists(golden / name) ? grader::read_text(golden / name) : std::string();
    INFO("compare " << written
                    << " with grader/tests/golden; copy it there if the change is meant");
    CHECK((text == expected));  // in parentheses: no two pages of text in the report
  }
}

TEST_CASE("export: JSON formats follow their published shapes") {
  const auto formats = all_formats(hostile());
  const json gradescope = json::parse(formats.at("hostile.gradescope.json"));
  const json classroom50 = json::parse(formats.at("hostile.classroom50.json"));
  for (const auto& error : errors("gradescope.schema.json", gradescope)) FAIL_CHECK(error);
  for (const auto& error : errors("classroom50.schema.json", classroom50)) FAIL_CHECK(error);

  int sum = 0, max_sum = 0;
  for (const json& row : classroom50["tests"]) {
    sum += row["score"].get<int>();
    max_sum += row["max-score"].get<int>();
  }
  CHECK(sum == classroom50["score"]);
  CHECK(max_sum == classroom50["max-score"]);

  SECTION("and the schemas refuse what they should") {
    json bad = gradescope;
    bad.erase("score");
    CHECK(errors("gradescope.schema.json", bad).size() == 1);  // a challenge has no score
    bad = gradescope;
    bad["tests"][0]["status"] = "crash";
    CHECK(errors("gradescope.schema.json", bad).size() == 1);
    bad = gradescope;
    bad["tests"][0]["number"] = 1.1;
    CHECK(errors("gradescope.schema.json", bad).size() == 1);
    bad = classroom50;
    bad["score"] = 4.5;
    CHECK(errors("classroom50.schema.json", bad).size() == 1);
    bad = classroom50;
    bad["datetime"] = "yesterday";
    CHECK(errors("classroom50.schema.json", bad).size() == 1);
    bad = classroom50;
    bad["tests"] = json::array();
    CHECK(errors("classroom50.schema.json", bad).size() == 1);
  }
}

TEST_CASE("export: ajv agrees with our own validator") {
  const std::string modules = ajv_folder();
  if (grader::find_program("node").empty() || modules.empty()) {
    std::fprintf(stderr, "skipped: ajv is not here; npm install --prefix build/ajv ajv@8\n");
    SUCCEED();
    return;
  }
  const auto ajv = [&](const std::string& schema, const fs::path& file) {
    return run({"node", (golden.parent_path() / "ajv_check.js").string(),
                (schemas / schema).string(), file.string()},
               {"NODE_PATH=" + modules});
  };
  const auto accepts = [&](const std::string& schema, const fs::path& file) {
    const auto result = ajv(schema, file);
    INFO(result.out << result.err);
    CHECK(result.exit_code == 0);
  };
  const auto refuses = [&](const std::string& schema, const json& value) {
    const auto result = ajv(schema, work_file("refused.json", value.dump()));
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.out, contains("refused.json: /"));  // and not a schema that ajv cannot read
  };
  const json gradescope = read_json(golden / "hostile.gradescope.json");
  const json classroom50 = read_json(golden / "hostile.classroom50.json");
  accepts("progress.schema.json", golden / "hostile.json");
  accepts("gradescope.schema.json", golden / "hostile.gradescope.json");
  accepts("classroom50.schema.json", golden / "hostile.classroom50.json");
  json summary = summary_json(
      grader::summarize({{"eve", grader::parse_result(hostile()), ""}, {"ida", {}, "x"}}, nullptr));
  accepts("class.schema.json", work_file("class.json", summary.dump()));
  summary["students"][1]["score"] = 0;  // who has no mark has no zero
  refuses("class.schema.json", summary);
  json bad = hostile();
  bad["sandbox"]["level"] = "strong";
  refuses("progress.schema.json", bad);
  bad = gradescope;
  bad["tests"][0]["max_score"] = "2";
  refuses("gradescope.schema.json", bad);
  bad = gradescope;
  bad.erase("score");
  refuses("gradescope.schema.json", bad);
  bad = classroom50;
  bad.erase("review");
  refuses("classroom50.schema.json", bad);
}

TEST_CASE("export: JUnit's XML is well formed, valid, and its counts are right") {
  if (grader::find_program("xmllint").empty()) {
    std::fprintf(stderr, "skipped: xmllint is not here; apt install libxml2-utils\n");
    SUCCEED();
    return;
  }
  const auto lint = [&](const std::string& text) {
    return run({"xmllint", "--noout", "--nonet", "--schema", (schemas / "junit.xsd").string(),
                work_file("linted.xml", text).string()});
  };
  const std::string xml = grader::junit_xml(grader::parse_result(hostile()));
  const auto result = lint(xml);
  INFO(result.err);
  CHECK(result.exit_code == 0);
  CHECK_THAT(xml, contains("<testsuites tests=\"9\" failures=\"4\" errors=\"0\" skipped=\"2\""));
  for (const json& failed : without_mark())
    CHECK(lint(grader::junit_xml(grader::parse_result(failed))).exit_code == 0);

  SECTION("and the schema refuses what it should") {
    const auto refuses = [&](const std::string& from, const std::string& to) {
      std::string bad = xml;
      REQUIRE(bad.find(from) != bad.npos);
      CHECK(lint(bad.replace(bad.find(from), from.size(), to)).exit_code != 0);
    };
    refuses("same name (2)", "same name");
    refuses("tests=\"9\"", "tests=\"nine\"");
    refuses("<failure message=", "<failed message=");
    refuses("]]&gt;", "]]>");
    refuses("[31m", "\x1b[31m");
  }
}

TEST_CASE("export: a failure of the grader is never a zero") {
  for (const json& failed : without_mark()) {
    const grader::ResultView view = grader::parse_result(failed);
    REQUIRE_FALSE(view.no_mark().empty());

    CHECK_THAT(grader::junit_xml(view), contains("<error message=") && contains("errors=\""));
    const json gradescope = grader::gradescope_json(view);
    CHECK_FALSE(gradescope.contains("score"));
    CHECK_FALSE(gradescope.contains("tests"));
    CHECK_THAT(gradescope["output"].get<std::string>(), contains("no mark: "));
    CHECK(errors("gradescope.schema.json", gradescope).empty());
    CHECK_THROWS_AS(grader::classroom50_json(view, place), grader::InfrastructureError);
    const auto lines = grader::split_lines(grader::results_csv({{"eve", view}}));
    REQUIRE(lines.size() == 2);
    CHECK_THAT(lines[1], contains(",full,,,,,1,,,,,,,\"no mark: "));
    CHECK_THAT(grader::markdown_report(view), contains("**No mark.**"));
    CHECK_THAT(grader::html_report(view), contains("No mark."));
  }
  json fine = hostile();
  CHECK(grader::parse_result(fine).no_mark().empty());
  fine["modules"] = json::array();
  CHECK_FALSE(grader::parse_result(fine).no_mark().empty());
}

TEST_CASE("export: a word of a student stays a word") {
  json bad_bytes = hostile();
  bad_bytes["modules"][0]["tests"][1]["message"] = "\xff\xc0\x80 \xed\xa0\x80 <b>\x07</b>";
  const grader::ResultView view = grader::parse_result(bad_bytes);
  CHECK(view.modules[0].tests[1].message == "??? ??? <b>?</b>");

  for (const auto& [name, text] : all_formats(hostile())) {
    CAPTURE(name);
    const bool other_controls = std::any_of(text.begin(), text.end(), [](char c) {
      return (c >= 0 && c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f;
    });
    CHECK_FALSE(other_controls);
    CHECK(text.find("\u202e") == text.npos);
  }
  const auto formats = all_formats(hostile());
  const std::string& html = formats.at("hostile.html");
  for (const char* tag : {"<script", "<img", "<b>", "<b "}) CHECK(html.find(tag) == html.npos);
  CHECK_THAT(html, contains("default-src 'none'") && contains("&lt;script&gt;"));

  for (const std::string& line : grader::split_lines(formats.at("hostile.md"))) {
    CAPTURE(line);
    const std::string_view trimmed = grader::trim(line);
    CHECK_FALSE(trimmed.starts_with("::"));
    CHECK(line.find("##[") == line.npos);
  }
}

TEST_CASE("export: of a long list of what was not taken, ten are shown and all are counted") {
  json result = hostile();
  json& list = result["submission"]["rejected"];
  CHECK(not_taken(grader::parse_result(result)).size() == 1);
  list = json::array();
  for (int i = 0; i < 12; ++i) list.push_back({{"path", std::to_string(i)}, {"reason", "no"}});
  result["submission"]["rejected_more"] = 30;
  const auto lines = not_taken(grader::parse_result(result));
  REQUIRE(lines.size() == 11);
  CHECK(lines[9] == "9: no");
  CHECK(lines[10] == "and 32 more");
}

TEST_CASE("escape: CSV") {
  CHECK(grader::csv_cell("plain words 1.5") == "plain words 1.5");
  CHECK(grader::csv_cell("a,b") == "\"a,b\"");
  CHECK(grader::csv_cell("say \"so\"\nnow") == "\"say \"\"so\"\" now\"");
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1"}) {
    CAPTURE(formula);
    CHECK_THAT(grader::csv_cell(formula), Catch::Matchers::StartsWith("\"'"));
  }
}

TEST_CASE("escape: Markdown") {
  CHECK(grader::markdown_code("a`b``c") == "```a`b``c```");
  CHECK(grader::markdown_code("`") == "`` ` ``");
  CHECK(grader::markdown_code("a|b\nc") == "`a\\|b c`");
  CHECK(grader::markdown_block("x\n````\ny") == "`````text\nx\n````\ny\n`````\n");
  const std::string words = grader::markdown_text("<a>[x](y) @eve #1 https://e www.e *b* _i_ |");
  for (const char c : std::string("<>[](@*_|")) CHECK(words.find(c) == words.npos);
  CHECK(words.find("www.") == words.npos);
  CHECK(words.find("://") == words.npos);
}

TEST_CASE("escape: workflow commands") {
  using grader::without_workflow_commands;
  CHECK(without_workflow_commands("::error::x") == "\\::error::x");
  CHECK(without_workflow_commands("a\n  ::set-env::x\n") == "a\n  \\::set-env::x\n");
  CHECK(without_workflow_commands("see ##[error] and tinytorch::matmul") ==
        "see #\\#[error] and tinytorch::matmul");
}

TEST_CASE("export: reading refuses what is no result") {
  using grader::read_result;
  const auto refused = [](const std::string& text, const std::string& words) {
    const fs::path file = work_file("refused.json", text);
    CHECK_THROWS_WITH(read_result(file), contains(words) && contains("refused.json"));
  };
  refused("{", "no JSON");
  refused("{\"schema\": \"tinytorch.progress/2\"}", "expects tinytorch.progress/1");
  refused("{\"schema\": \"tinytorch.progress/1\"}", "modules");
  refused("{\"a\": 1, \"b\": {\"a\": 1, \"a\": 2}}", "'a' stands twice");
  json bad = hostile();
  bad["modules"][0]["score"] = -1;
  refused(bad.dump(), "score: expects a whole number");
  bad = hostile();
  bad["modules"][0]["status"] = "excellent";
  refused(bad.dump(), "status: expects a status");
  CHECK_NOTHROW(read_result(golden / "hostile.json"));
  CHECK_THROWS_AS(read_result("nowhere.json"), grader::UsageError);
}

TEST_CASE("the grader program: export") {
  const fs::path out = fs::path(TEST_FOLDER) / "export" / "out";
  fs::remove(out);
  const std::string from = (golden / "hostile.json").string();
  json stopped = hostile();
  stopped["complete"] = false;
  const std::string no_mark = work_file("stopped.json", stopped.dump()).string();
  const std::vector<std::string> runner = {"CLASSROOM=c", "ASSIGNMENT=a", "SUBMISSION_TAG=s",
                                           "COMMIT_URL=u", "RELEASE_URL=r"};
  const auto exports = [&](const std::string& format, std::vector<std::string> files,
                           std::vector<std::string> environment = {}) {
    std::vector<std::string> words = {GRADER, "export", "--format", format, "--out", out.string()};
    for (const std::string& file : files) words.insert(words.end(), {"--from", file});
    return run(words, environment).exit_code;
  };
  for (const char* format : {"junit", "gradescope", "csv", "markdown", "html"}) {
    CAPTURE(format);
    CHECK(exports(format, {from}) == 0);
    CHECK(exports(format, {no_mark}) == 0);
  }
  CHECK(exports("csv", {from, no_mark}) == 0);
  CHECK(grader::split_lines(grader::read_text(out)).size() == 3);
  CHECK(exports("classroom50", {from}, runner) == 0);
  CHECK(errors("classroom50.schema.json", read_json(out)).empty());
  fs::remove(out);
  CHECK(exports("classroom50", {no_mark}, runner) == 3);
  CHECK(exports("classroom50", {from}) == 2);  // not started by its runner
  CHECK(exports("junit", {from, from}) == 2);
  CHECK(exports("pdf", {from}) == 2);
  CHECK(exports("junit", {"nowhere.json"}) == 2);
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("heat map: only nothing is the palest, only everything the strongest") {
  CHECK(grader::heat_class(0, 100) == "h0");
  CHECK(grader::heat_class(1, 100) == "h1");
  CHECK(grader::heat_class(99, 100) == "h4");
  CHECK(grader::heat_class(100, 100) == "h5");
  CHECK(grader::heat_class(0, 0) == "none");
}
