// What is handed in, and when a watch wakes up.
#include "submission.hpp"

#include "files.hpp"
#include "mini_course.hpp"
#include "process.hpp"
#include "tt_catch.hpp"
#include "watcher.hpp"

using tito_test::MiniCourse;
using tt_test::contains;

namespace {

std::vector<std::string> listed(const std::filesystem::path& archive) {
  grader::ProcessSpec spec;
  spec.arguments = {grader::find_program("tar").string(), "-tzf", archive.string()};
  spec.environment = grader::minimal_environment();
  return grader::split_lines(run_process(spec).out);
}

}  // namespace

TEST_CASE("submit: the student's headers and nothing else") {
  const MiniCourse mini;
  mini.write("modules/01_count/notes.txt", "private\n");
  mini.write("modules/01_count/own.hpp", "// not of the course\n");
  const auto archive = mini.root() / "out.tar.gz";
  tito::write_submission(mini.course(), archive);
  CHECK(listed(archive) ==
        std::vector<std::string>{"modules/01_count/count.hpp", "modules/02_twice/twice.hpp"});
  SECTION("equal files give equal archives") {
    const std::string before = mini.read("out.tar.gz");
    const auto file = mini.root() / "modules/01_count/count.hpp";
    last_write_time(file, last_write_time(file) + std::chrono::hours(1));
    tito::write_submission(mini.course(), archive);
    CHECK(mini.read("out.tar.gz") == before);
  }
  SECTION("a header that is missing") {
    const std::string before = mini.read("out.tar.gz");
    std::filesystem::remove(mini.root() / "modules/02_twice/twice.hpp");
    CHECK_THROWS_WITH(tito::write_submission(mini.course(), archive),
                      contains("modules/02_twice/twice.hpp is missing; tito reset 02"));
    CHECK(mini.read("out.tar.gz") == before);
  }
  SECTION("a folder that cannot be written to") {
    CHECK_THROWS_WITH(tito::write_submission(mini.course(), mini.root() / "none" / "out.tar.gz"),
                      contains("tar cannot write it"));
  }
}

TEST_CASE("watch: wakes up once for each change of a header") {
  const MiniCourse mini;
  tito::Watcher watcher(mini.root() / "modules");
  CHECK_FALSE(watcher.changed());
  mini.replace("modules/01_count/count.hpp", "int best", "int  best");
  CHECK(watcher.changed());
  CHECK_FALSE(watcher.changed());
  mini.write("modules/01_count/README.md", "no header\n");
  CHECK_FALSE(watcher.changed());
  std::filesystem::remove(mini.root() / "modules/01_count/count.hpp");
  CHECK(watcher.changed());
}
