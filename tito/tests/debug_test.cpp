// What a debugger is started with.
#include <csignal>

#include "mini_course.hpp"
#include "process.hpp"
#include "session.hpp"
#include "tt_catch.hpp"

using tito_test::MiniCourse;

TEST_CASE("debug: a test that crashed crashes again in its program") {
  const MiniCourse mini;
  mini.replace("solutions/02_twice/twice.hpp", "return add_up({number, number});",
               "return *static_cast<volatile int*>(nullptr) + number;");
  const grader::Course course = mini.course();
  const auto result = run_module(course, course.module("02"), grader::Overlay::reference(course),
                                 tito_test::setting_for(course).options);
  REQUIRE(result.tests.size() == 1);
  CHECK(result.tests[0].status == grader::Status::crash);
  grader::ProcessSpec spec;
  spec.arguments = case_arguments(result.tests[0].program, result.tests[0].test);
  spec.environment = grader::minimal_environment();
  spec.wall_seconds = 60;
  CHECK(run_process(spec).signal == SIGSEGV);
}
