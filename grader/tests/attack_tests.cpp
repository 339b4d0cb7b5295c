// Submissions that attack the grader: what happens, what it costs, and that nothing else happens.
//
// Each file in attacks/ is put into the header of module 01, whose blanks are unwritten but for a
// wrong numel. Its first line says what it does, its second the row of the list of threats that it
// stands for and the status (or statuses, by luck of the machine) expected of the blank; after
// "// BODY 01.1" stands what replaces that blank. Whatever it does, it must earn no point.

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "course.hpp"
#include "files.hpp"
#include "parallel.hpp"
#include "process.hpp"
#include "sandbox/sandbox.hpp"
#include "sync.hpp"
#include "tt_catch.hpp"

namespace {

namespace fs = std::filesystem;
using namespace grader;
using nlohmann::json;

struct Attack {
  std::string name, row, expected, blank = "01.1", text, body = "return 42;\n";
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

Attack read_attack(const fs::path& file) {
  Attack attack;
  attack.name = file.stem();
  std::string* into = &attack.text;
  for (const std::string& line : split_lines(replaced(read_text(file), "@ROOT@", TINYTORCH_ROOT))) {
    if (const std::size_t at = line.find("; expect "); line.starts_with("// row ")) {
      attack.row = line.substr(7, at - 7);
      attack.expected = line.substr(at + 9);
    } else if (line.starts_with("// BODY ")) {
      attack.blank = line.substr(8);
      attack.body.clear();
      into = &attack.body;
    } else {
      *into += line + "\n";
    }
  }
  return attack;
}

/// A folder with the skeletons of module 01, and the attack in them.
void write_submission(const Course& course, const Attack& attack, const fs::path& folder) {
  const Module& module = course.module("01");
  fs::remove_all(folder);
  for (const GeneratedFile& file : skeletons(course, module)) {
    std::string text = file.text;
    const std::string mark = "todo(\"" + attack.blank + "\"";
    if (const std::size_t at = text.find(mark); at != text.npos)
      text.replace(at, text.find(';', at) + 1 - at, attack.body);
    if (file.name == "shape.hpp") {
      const std::string once = "#pragma once\n";
      text.insert(text.find(once) + once.size(), attack.text);
    }
    write_if_changed(folder / "modules" / module.id / file.name, text);
  }
}

/// What a stranger's code could have left: its program, running; files where anybody may write.
struct World {
  std::set<std::string> files;
  int processes = 0;

  World() {
    for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/"}) {
      for (const auto& entry : fs::directory_iterator(folder)) files.insert(entry.path());
    }
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::error_code error;  // most are none of ours, or no process at all
      const std::string program = fs::read_symlink(entry.path() / "exe", error);
      if (program.find("/build/cache/") != program.npos && program.starts_with(TINYTORCH_ROOT))
        ++processes;
    }
  }
};

struct Outcome {
  int exit_code = -1;
  double seconds = 0;
  json result;
  std::string words;
};

Outcome grade_attack(const Attack& attack, const fs::path& work) {
  const fs::path out = work / (attack.name + ".json");
  fs::remove(out);
  ProcessSpec spec;
  spec.arguments = {GRADER,     "run",      "--submission",   work / attack.name,
                    "--policy", "official", "--modules",      "01",
                    "--json",   out,        "--case-seconds", "1"};
  spec.environment = minimal_environment();
  spec.folder = TINYTORCH_ROOT;
  spec.wall_seconds = 300;
  const ProcessResult run = run_process(spec);
  Outcome outcome{run.exit_code, run.wall_seconds, {}, run.out + run.err};
  if (fs::exists(out)) outcome.result = json::parse(read_text(out), nullptr, false);
  return outcome;
}

/// The worst of the blank's observations, and whether any point was earned.
std::string status_of(const json& result, const std::string& blank) {
  std::string status = "none";
  for (const json& test : result["modules"][0]["tests"]) {
    if (test["blank"] == blank) {
      status = test["status"];
      break;
    }
  }
  return status;
}

}  // namespace

TEST_CASE("attacks: no point, no harm, and the grader goes on", "[attacks]") {
  const Course course = Course::load(TINYTORCH_ROOT);
  const Module& first = course.module("01");
  const Sandbox sandbox = Sandbox::strongest(course.solution_dir(first) / first.header, GRADER);
  if (sandbox.level() != Confinement::full) {
    WARN("skipped: these need the sandbox at level full, and it is " << sandbox.detail());
    return;
  }
  std::vector<Attack> attacks;
  for (const fs::path& file : list_files(fs::path(TINYTORCH_ROOT) / "grader/tests/attacks", ".hpp"))
    attacks.push_back(read_attack(file));
  const fs::path work = fs::path(TEST_FOLDER) / "attacks";
  const World before;
  std::mutex mutex;
  std::string table = "attack\trow\texpected\tgot\tscore\tseconds\n";
  std::map<std::string, Outcome> outcomes;
  parallel_for(attacks.size(), 2, [&](std::size_t i) {
    write_submission(course, attacks[i], work / attacks[i].name);
    Outcome outcome = grade_attack(attacks[i], work);
    const std::lock_guard lock(mutex);
    outcomes[attacks[i].name] = std::move(outcome);
  });
  for (const Attack& attack : attacks) {
    const Outcome& outcome = outcomes[attack.name];
    INFO(attack.name << "\n" << outcome.words);
    CHECK(outcome.exit_code == 1);  // it fell short; the grader itself is well
    if (!outcome.result.is_object()) {
      FAIL_CHECK("no result was written");
      continue;
    }
    const std::string got = status_of(outcome.result, attack.blank);
    const int score = outcome.result["totals"]["score"];
    CHECK(outcome.result["complete"] == true);
    CHECK(score == 0);
    INFO("expected " << attack.expected << ", got " << got);
    CHECK(("|" + attack.expected + "|").find("|" + got + "|") != std::string::npos);
    CHECK(outcome.result.dump().find("root:x:0") == std::string::npos);
    CHECK(outcome.result.dump().find("BEGIN SOLUTION") == std::string::npos);
    CHECK(outcome.result.dump().size() < (1u << 20));
    CHECK(outcome.seconds < 150);
    char seconds[16];
    std::snprintf(seconds, sizeof seconds, "%.1f", outcome.seconds);
    table += attack.name + "\t" + attack.row + "\t" + attack.expected + "\t" + got + "\t" +
             std::to_string(score) + "\t" + seconds + "\n";
  }
  write_atomically(work / "table.tsv", table);
  const World after;
  CHECK(after.processes <= before.processes);
  for (const std::string& file : after.files) {
    if (file.find("tinytorch") == std::string::npos && file.find("fill") == std::string::npos &&
        file.find("score") == std::string::npos)
      continue;
    INFO(file);
    CHECK(before.files.count(file) == 1);
  }
}

TEST_CASE("attacks: a right solution earns its points by the same way", "[attacks]") {
  const Course course = Course::load(TINYTORCH_ROOT);
  const fs::path work = fs::path(TEST_FOLDER) / "attacks";
  fs::remove_all(work / "right");
  fs::create_directories(work / "right" / "modules");
  fs::copy(course.solution_dir(course.module("01")), work / "right" / "modules" / "01_tensor");
  const Outcome outcome = grade_attack({"right", "", "pass", "01.1", "", ""}, work);
  INFO(outcome.words);
  REQUIRE(outcome.result.is_object());
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.result["totals"]["score"] == outcome.result["totals"]["max_score"]);
  CHECK(status_of(outcome.result, "01.1") == "pass");
}
