// A student's work survives everything that writes into modules/.
#include "skeleton_guard.hpp"

#include "mini_course.hpp"
#include "student_region.hpp"
#include "tt_catch.hpp"

using tito_test::MiniCourse;

namespace {

const std::string mine = "modules/01_count/count.hpp";
const std::string work = "return static_cast<int>(numbers.size());";

void start_working(const MiniCourse& mini) {
  mini.replace(mine, "todo(\"01.1\", \"add_up\");", work);
}

void change_solution(const MiniCourse& mini) {
  mini.replace("solutions/01_count/count.hpp", "// TODO(01.1): add them all.",
               "// TODO(01.1): add all of them.");
}

}  // namespace

TEST_CASE("sync: follows the solutions where nobody worked") {
  const MiniCourse mini;
  change_solution(mini);
  const tito::SyncReport report =
      tito::sync_skeletons(mini.course(), false, mini.root() / "backup");
  CHECK(report.written.size() == 1);
  CHECK(report.kept.empty());
  CHECK(mini.read(mine).find("add all of them") != std::string::npos);
}

TEST_CASE("sync: never over a student's work") {
  const MiniCourse mini;
  start_working(mini);
  change_solution(mini);
  const std::string before = mini.read(mine);
  for (int again = 0; again < 2; ++again) {
    const tito::SyncReport report =
        tito::sync_skeletons(mini.course(), false, mini.root() / "backup");
    CHECK(report.kept.size() == 1);
    CHECK(mini.read(mine) == before);
  }
}

TEST_CASE("sync: by force only after a backup") {
  const MiniCourse mini;
  start_working(mini);
  const std::string before = mini.read(mine);
  const tito::SyncReport report = tito::sync_skeletons(mini.course(), true, mini.root() / "backup");
  CHECK(report.kept.empty());
  CHECK(mini.read("backup/" + mine) == before);
  CHECK(mini.read(mine).find("todo(\"01.1\", \"add_up\");") != std::string::npos);
}

TEST_CASE("sync: a clone without the record protects every file that differs") {
  const MiniCourse mini;
  std::filesystem::remove(mini.root() / "modules/.skeletons");
  start_working(mini);
  CHECK(tito::sync_skeletons(mini.course(), false, mini.root() / "backup").kept.size() == 1);
}

TEST_CASE("sync: a header without a source goes, unless somebody changed it") {
  const MiniCourse mini;
  mini.write("solutions/01_count/extra.hpp", "#pragma once\n");
  tito::sync_skeletons(mini.course(), false, {});
  std::filesystem::remove(mini.root() / "solutions/01_count/extra.hpp");
  SECTION("untouched") {
    CHECK(tito::sync_skeletons(mini.course(), false, {}).removed.size() == 1);
  }
  SECTION("changed") {
    mini.write("modules/01_count/extra.hpp", "#pragma once\nint mine;\n");
    CHECK(tito::sync_skeletons(mini.course(), false, {}).kept.size() == 1);
  }
}

TEST_CASE("reset of one blank: the rest stays as the student wrote it") {
  const std::string skeleton =
      "int f() {\n  // TODO(01.1): one.\n  todo(\"01.1\", \"f\");\n}\n\nint g() {\n  // TODO(01.2): two.\n"
      "  // HINT: so.\n  todo(\"01.2\", \"g\");\n}\n";
  const std::string student =
      "int helper() { return 3; }\nint f() {\n  return helper();\n}\n\nint g() {\n  // TODO(01.2): two.\n"
      "  // my thoughts\n  for (;;) {\n  }\n  return 7;\n}\n";
  SECTION("the second") {
    CHECK(
        tito::with_blank_reset(skeleton, student, "01.2") ==
        "int helper() { return 3; }\nint f() {\n  return helper();\n}\n\nint g() {\n  // TODO(01.2): two.\n"
        "  // HINT: so.\n  todo(\"01.2\", \"g\");\n}\n");
  }
  SECTION("the first, whose comment is gone") {
    CHECK(tito::with_blank_reset(skeleton, student, "01.1")
              .find("int f() {\n  // TODO(01.1): one.\n  todo(\"01.1\", \"f\");\n}\n") !=
          std::string::npos);
  }
  SECTION("twice is the same as once") {
    const std::string once = tito::with_blank_reset(skeleton, student, "01.2");
    CHECK(tito::with_blank_reset(skeleton, once, "01.2") == once);
  }
}
