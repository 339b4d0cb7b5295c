// The replay has been seen failing: a module that cannot be passed, and a milestone that never unlocks.
#include "proofs/replay.hpp"

#include "mini_course.hpp"
#include "tt_catch.hpp"

using tito_test::mentions;
using tito_test::MiniCourse;

namespace {

tito::Problems replay(const MiniCourse& mini) {
  const std::filesystem::path build = std::filesystem::path(TINYTORCH_ROOT) / "build";
  const grader::Course course = mini.course();
  return tito::prove_replay(
      {course, build / "tools", build / "cache", mini.root() / "build" / "replay"});
}

}  // namespace

TEST_CASE("replay: the mini course can be walked to its end") {
  const MiniCourse mini;
  for (const std::string& problem : replay(mini)) FAIL_CHECK(problem);
}

TEST_CASE("replay: a module that the reference does not pass") {
  const MiniCourse mini;
  mini.replace("solutions/02_twice/twice.hpp", "return add_up({number, number});",
               "return add_up({number});");
  const tito::Problems problems = replay(mini);
  CHECK(mentions(problems, "replay: tito test 02 should pass"));
  CHECK(mentions(problems, "twice: doubles"));
}

TEST_CASE("replay: a milestone that waits for what nobody can solve") {
  const MiniCourse mini;
  mini.replace("modules/course.json", R"("hints": ["add it to itself"]})",
               R"("hints": ["add it to itself"]},
      {"id": "02.2", "function": "thrice", "points": 2, "role": "stretch", "hints": ["and again"]})");
  mini.replace("modules/course.json", R"("needs": ["02_twice"]}])",
               R"("needs": ["02_twice"], "needs_blanks": ["02.2"]}])");
  CHECK(mentions(replay(mini), "replay: M1 should be ready with modules 1 to 2 solved"));
}
