// grader batch: what it grades, what it keeps, and what it does when it is killed.
#include "batch.hpp"

#include <signal.h>

#include <nlohmann/json.hpp>

#include "files.hpp"
#include "mini_course.hpp"
#include "process.hpp"
#include "sync.hpp"
#include "tt_catch.hpp"

using namespace tt_test;
using nlohmann::json;

namespace {

/// Three submissions of the mini course: all, a wrong one, and the skeleton.
struct Class {
  MiniCourse mini;
  fs::path folder = mini.root() / "class", out = mini.root() / "marks";

  Class() {
    fs::remove_all(folder);
    fs::remove_all(out);
    const fs::path solved = mini.submission("solved");
    for (const char* id : {"ann", "bob", "cy"}) {
      fs::create_directories(folder);
      fs::copy(solved, folder / id, fs::copy_options::recursive);
    }
    const fs::path box = folder / "bob" / "modules/01_box/box.hpp";
    std::string text = grader::read_text(box);
    text.replace(text.find("return x / 2;"), 13, "return x / 3;");
    write(box, text);
    skeleton_tree(mini.load(), folder / "cy");
  }

  grader::BatchOptions options() const {
    grader::BatchOptions options;
    options.folder = folder;
    options.out = out;
    options.grader = GRADER;
    options.jobs = 2;
    return options;
  }

  json result(const std::string& id) const {
    return json::parse(grader::read_text(out / "results" / (id + ".json")));
  }
};

}  // namespace

TEST_CASE("batch: each submission gets its marks, and a second run keeps them") {
  const Class students;
  const grader::Course course = students.mini.load();
  const grader::BatchCount first = run_batch(course, students.options());
  CHECK(first.graded == 3);
  CHECK(first.failed == 0);
  CHECK(students.result("ann")["totals"]["score"] == 18);
  CHECK(students.result("bob")["totals"]["score"] < 18);
  CHECK(students.result("cy")["totals"]["score"] == 0);
  const grader::BatchCount second = run_batch(course, students.options());
  CHECK(second.kept == 3);
  CHECK(second.graded == 0);
}

TEST_CASE("batch: what changed, what is incomplete and what is broken is graded again") {
  const Class students;
  const grader::Course course = students.mini.load();
  run_batch(course, students.options());
  const json whole = students.result("ann");
  write(students.out / "results/ann.json", "{\"half\": ");
  json incomplete = students.result("bob");
  incomplete["complete"] = false;
  write(students.out / "results/bob.json", incomplete.dump());
  fs::copy_file(students.folder / "ann/modules/01_box/box.hpp",
                students.folder / "cy/modules/01_box/box.hpp",
                fs::copy_options::overwrite_existing);
  const grader::BatchCount again = run_batch(course, students.options());
  CHECK(again.graded == 3);
  CHECK(students.result("ann")["totals"] == whole["totals"]);
  CHECK(students.result("cy")["totals"]["score"] > 0);
}

TEST_CASE("batch: a submission that is none is told, and costs nobody else") {
  const Class students;
  fs::create_directories(students.folder / "dora");
  const grader::BatchCount count = run_batch(students.mini.load(), students.options());
  CHECK(count.failed == 1);
  CHECK(count.graded == 3);
  CHECK_FALSE(fs::exists(students.out / "results/dora.json"));
  CHECK_THAT(grader::read_text(students.out / "results/dora.error"), contains("modules"));
}

TEST_CASE("batch: ids") {
  const Class students;
  CHECK(grader::find_submissions(students.folder).size() == 3);
  write(students.folder / "ann.zip", "");
  CHECK_THROWS_WITH(grader::find_submissions(students.folder), contains("two submissions"));
  fs::remove(students.folder / "ann.zip");
  write(students.folder / "a b;c", "");
  CHECK_THROWS_WITH(grader::find_submissions(students.folder), contains("expects names"));
  CHECK_THROWS_WITH(grader::find_submissions(students.folder / "nobody"), contains("folder"));
}

TEST_CASE("batch: other people's code without a sandbox is refused") {
  const Class students;
  grader::ProcessSpec spec;
  spec.arguments = {GRADER,      "batch",    students.folder,     "--out", students.out, "--policy",
                    "formative", "--course", students.mini.root()};
  spec.environment = grader::minimal_environment();
  const grader::ProcessResult run = run_process(spec);
  CHECK(run.exit_code == 3);
  CHECK_THAT(run.err, contains("--outer"));
  CHECK_FALSE(fs::exists(students.out / "results"));
}
