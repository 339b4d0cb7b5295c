// Signed results: what is noticed, and which keys are refused.
#include "integrity.hpp"

#include <sys/stat.h>

#include "course.hpp"
#include "files.hpp"
#include "json_schema.hpp"
#include "process.hpp"
#include "tt_catch.hpp"

using grader::Verdict;
using nlohmann::json;
using tt_test::contains;
namespace fs = std::filesystem;

namespace {

/// Below the system's folder for such things: a key below the course is refused.
fs::path key_folder() { return fs::temp_directory_path() / "tinytorch-integrity-tests"; }

fs::path key_file(const std::string& name, const std::string& bytes, mode_t mode = 0600) {
  const fs::path file = key_folder() / name;
  fs::remove(file);
  grader::write_if_changed(file, bytes);
  REQUIRE(chmod(file.c_str(), mode) == 0);
  return file;
}

grader::Key key(char letter = 'k') {
  return grader::read_key(key_file(std::string(1, letter) + ".key", std::string(32, letter)));
}

json result() {
  return json::parse(
      grader::read_text(fs::path(TINYTORCH_ROOT) / "grader/tests/golden/hostile.json"));
}

json signed_result() {
  json value = result();
  sign_result(value, key());
  return value;
}

}  // namespace

TEST_CASE("sign: a signed result is good, and stays good however it is laid out") {
  const json value = signed_result();
  CHECK(verify_result(value, key()) == Verdict::good);
  CHECK(verify_result(json::parse(value.dump()), key()) == Verdict::good);
  CHECK(verify_result(json::parse(value.dump(4)), key()) == Verdict::good);
  json again = value;
  sign_result(again, key());
  CHECK(again == value);
  const json schema = json::parse(
      grader::read_text(fs::path(TINYTORCH_ROOT) / "grader" / "schema" / "progress.schema.json"));
  CHECK(tt_test::schema_errors(schema, value).empty());
}

TEST_CASE("sign: the bytes that are signed do not depend on us alone") {
  // printf %s '{"schema":"tinytorch.progress/1"}' | openssl dgst -sha256 -hmac kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
  const json value = json::parse("{\"b\": \"x\", \"integrity\": 1, \"a\": [1, 0.5]}");
  CHECK(grader::canonical_json(value) == "{\"a\":[1,0.5],\"b\":\"x\"}");
  json minimal = {{"schema", "tinytorch.progress/1"}};
  sign_result(minimal, key());
  CHECK(minimal["integrity"]["mac"] ==
        "0af208eab74a15248d6cb39a01e65c8f0c544caa77572cfb5af1ba0236238497");
  CHECK(minimal["integrity"]["key_id"] == "5e318f8cf9cbe249");
}

TEST_CASE("sign: every altered value is found") {
  json value = signed_result();
  SECTION("a digit of the score") { value["totals"]["score"] = 6; }
  SECTION("a digit of a test") { value["modules"][0]["tests"][1]["points"] = 1; }
  SECTION("a letter") { value["submission"]["id"] = "adam"; }
  SECTION("something added") { value["modules"][0]["isolated_score"] = 4; }
  SECTION("something taken away") { value.erase("flags"); }
  SECTION("true for 1") { value["complete"] = 1; }
  SECTION("a whole number as a real one") { value["totals"]["score"] = 5.0; }
  SECTION("the signature") {
    std::string mac = value["integrity"]["mac"];
    mac[10] = mac[10] == '0' ? '1' : '0';
    value["integrity"]["mac"] = mac;
  }
  SECTION("its length") { value["integrity"]["mac"] = ""; }
  SECTION("its algorithm") { value["integrity"]["alg"] = "none"; }
  SECTION("a field beside it") { value["integrity"]["note"] = "x"; }
  CHECK(verify_result(value, key()) == Verdict::altered);
  CHECK_THROWS_WITH(sign_result(value, key()), contains("does not hold"));  // no way to launder it
}

TEST_CASE("sign: another key, no signature, no result") {
  CHECK(verify_result(signed_result(), key('x')) == Verdict::other_key);
  CHECK(verify_result(result(), key()) == Verdict::not_signed);
  json value = signed_result();
  CHECK_THROWS_AS(sign_result(value, key('x')), grader::UsageError);
  value = json{{"schema", "another/1"}};
  CHECK_THROWS_AS(sign_result(value, key()), grader::UsageError);
}

TEST_CASE("key file: what is refused, and why") {
  using grader::read_key;
  const std::string bytes(32, 'k');
  CHECK(read_key(key_file("strict", bytes, 0400)).id == key().id);
  for (const mode_t mode : {0640, 0604, 0660, 0644, 0700, 0610}) {
    CAPTURE(mode);
    CHECK_THROWS_WITH(read_key(key_file("lax", bytes, mode)), contains("mode 0600 or stricter"));
  }
  CHECK_THROWS_WITH(read_key(key_file("short", std::string(31, 'k'))), contains("got 31"));
  CHECK_THROWS_WITH(read_key(key_file("long", std::string(5000, 'k'))), contains("4096"));
  CHECK_THROWS_WITH(read_key(key_folder() / "nowhere"), contains("regular file"));
  CHECK_THROWS_WITH(read_key(key_folder()), contains("regular file"));
  const fs::path link = key_folder() / "link";
  fs::remove(link);
  fs::create_symlink(key_file("target", bytes), link);
  CHECK_THROWS_WITH(read_key(link), contains("a link"));
  CHECK_THROWS_WITH(read_key("/dev/zero"), contains("regular file"));

  fs::create_directories(key_folder() / "eve" / "modules" / "01_tensor");
  for (const char* place : {"eve/key", "eve/notes/key", "eve/modules/key"}) {
    CAPTURE(place);
    fs::create_directories((key_folder() / place).parent_path());
    CHECK_THROWS_WITH(read_key(key_file(place, bytes)), contains("outside of courses"));
  }
}

TEST_CASE("the grader program: sign and verify") {
  const fs::path key_path = key_file("program.key", std::string(40, 'p'));
  const fs::path first = key_folder() / "first.json", second = key_folder() / "second.json";
  grader::write_atomically(first, result().dump(1));
  grader::write_atomically(second, result().dump());
  const auto run = [](std::vector<std::string> words) {
    grader::ProcessSpec spec;
    spec.arguments = {GRADER};
    spec.arguments.insert(spec.arguments.end(), words.begin(), words.end());
    spec.environment = grader::minimal_environment();
    return grader::run_process(spec);
  };
  const std::vector<std::string> verify = {"verify", "--key", key_path, first, second};
  CHECK(run(verify).exit_code == 1);
  CHECK(run({"sign", "--key", key_path, first, second}).exit_code == 0);
  CHECK(run(verify).exit_code == 0);

  json altered = json::parse(grader::read_text(first));
  altered["totals"]["score"] = 15;
  grader::write_atomically(first, altered.dump(2));
  auto result = run(verify);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.out, contains("first.json  ALTERED\n") && contains("second.json  good\n"));

  // The other readers would see 15, ours the last one: such a file is no result at all.
  std::string twice = grader::read_text(second);
  twice.insert(twice.find("\"totals\""), "\"totals\": {\"score\": 15}, ");
  grader::write_atomically(first, twice);
  result = run(verify);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.out, contains("first.json  UNREADABLE") && contains("stands twice"));

  REQUIRE(chmod(key_path.c_str(), 0644) == 0);
  CHECK(run(verify).exit_code == 2);
  CHECK(run({"sign", "--key", key_path, second}).exit_code == 2);
  CHECK(run({"verify", second}).exit_code == 2);
}
