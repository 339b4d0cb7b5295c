// A module's picture: found by the module's name, built on the code that was asked for.
#include "pictures.hpp"

#include "mini_course.hpp"
#include "tt_catch.hpp"

namespace {

/// Draws the sum of 1, 2 and 3 as so many stars. Where the blank is missing, nothing is drawn.
constexpr const char* stars = R"(#include <cstdio>
#include <string>

#include <tinytorch/count.hpp>

int main(int argc, char** argv) {
  if (argc != 3 || std::string(argv[1]) != "--out") return 2;
  try {
    std::printf("%s\n", std::string(tinytorch::add_up({1, 2, 3}), '*').c_str());
  } catch (const tinytorch::NotImplemented&) {
    return 1;
  }
}
)";

}  // namespace

TEST_CASE("picture: drawn by the code that was asked for") {
  const tito_test::MiniCourse mini;
  tito::Context context{mini.course(), tito::Screen(true)};
  const grader::Module& module = context.course.modules.front();
  CHECK(tito::picture_source(context.course, module).empty());

  mini.write("tests/pictures/01_count.cpp", stars);
  CHECK(tito::picture_source(context.course, module) ==
        context.course.root / "tests" / "pictures" / "01_count.cpp");
  const tito::PictureOutcome reference = tito::draw_picture(context, module, true, true);
  CHECK(reference.drawn);
  CHECK(reference.output == "******\n");
  CHECK_FALSE(tito::draw_picture(context, module, false, true).drawn);
}
