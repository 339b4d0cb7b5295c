// Names in a submission: which are a student's, which are a danger, how they are shown.
#include "entry_names.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"

using namespace grader;
using tt_test::contains;

namespace {

const OwnedNames owned({"modules/01_box/box.hpp", "modules/01_box/handle.hpp",
                        "modules/02_lid/lid.hpp"});

}  // namespace

TEST_CASE("owned names: what solutions/ has, and nothing else") {
  const tt_test::MiniCourse mini;
  tt_test::write(mini.root() / "solutions/01_box/notes.txt", "no header");
  CHECK(OwnedNames::of(mini.load()).names() ==
        std::set<std::string>{"modules/01_box/box.hpp", "modules/02_lid/lid.hpp"});
}

TEST_CASE("owned names: only the exact spelling is owned") {
  CHECK(owned.owns("modules/01_box/box.hpp"));
  for (const char* name :
       {"modules/01_box/Box.hpp", "modules/01_box/box.hpp.gch", "modules/01_box/box.hpp/",
        "modules/02_lid/box.hpp", "/modules/01_box/box.hpp", "./modules/01_box/box.hpp",
        "modules//01_box/box.hpp", "modules/02_lid/../01_box/box.hpp", "box.hpp", "modules/01_box",
        "modules/01_box/b\xd0\xbex.hpp", "modules/01_box/box.hpp ", ""}) {
    INFO(name);
    CHECK_FALSE(owned.owns(name));
  }
}

TEST_CASE("owned names: at the top or below one folder, no deeper") {
  CHECK(owned.owns_below_top("modules/01_box/box.hpp"));
  CHECK(owned.owns_below_top("alice-main/modules/01_box/box.hpp"));
  CHECK_FALSE(owned.owns_below_top("handin/alice/modules/01_box/box.hpp"));
  CHECK_FALSE(owned.owns_below_top("alice-main"));
}

TEST_CASE("owned names: folders on the way, and the part of a path that leads nowhere") {
  CHECK(owned.leads_to_one("modules"));
  CHECK(owned.leads_to_one("modules/01_box"));
  CHECK_FALSE(owned.leads_to_one("modules/01_bo"));
  CHECK_FALSE(owned.leads_to_one("modules/01_box/box.hpp"));
  CHECK_FALSE(owned.leads_to_one(""));
  CHECK(owned.foreign_part("tests/pedagogy/01_box/box.cpp") == "tests/");
  CHECK(owned.foreign_part("modules/support/todo.hpp") == "modules/support/");
  CHECK(owned.foreign_part("modules/01_box/catch2/catch.hpp") == "modules/01_box/catch2/");
  CHECK(owned.foreign_part("modules/01_box/box.hpp.gch") == "modules/01_box/box.hpp.gch");
  CHECK(owned.foreign_part("CMakeLists.txt") == "CMakeLists.txt");
}

TEST_CASE("owned names: a twin differs only in upper and lower case") {
  CHECK(owned.owned_twin("modules/01_box/BOX.hpp") == "modules/01_box/box.hpp");
  CHECK(owned.owned_twin("Modules/01_Box/box.HPP") == "modules/01_box/box.hpp");
  CHECK(owned.owned_twin("modules/01_box/box.hpp").empty());
  CHECK(owned.owned_twin("modules/01_box/bx.hpp").empty());
}

TEST_CASE("names: what tar and zip write around a plain name") {
  CHECK(plain_name("./modules/01_box/") == "modules/01_box");
  CHECK(plain_name("modules/01_box/box.hpp") == "modules/01_box/box.hpp");
  CHECK(plain_name("././x") == "./x");  // once is a habit, twice is not
  CHECK(plain_name("/") == "/");
}

TEST_CASE("names: each danger is named") {
  const auto problem_of = [](const std::string& name) { return name_problem(name); };
  for (const char* name : {"modules/01_box/box.hpp",
                           "Hausaufgabe \xc3\x9c"
                           "bung 3/modules/x",
                           "a...b/.gitignore", "..x/y..", "a-b"}) {
    INFO(name);
    CHECK(problem_of(name).empty());
  }
  CHECK_THAT(problem_of(""), contains("no name"));
  CHECK_THAT(problem_of("/etc/passwd"), contains("absolute"));
  CHECK_THAT(problem_of("../x"), contains("climbs out"));
  CHECK_THAT(problem_of("modules/../../x"), contains("climbs out"));
  CHECK_THAT(problem_of("modules/.."), contains("climbs out"));
  CHECK_THAT(problem_of("modules//x"), contains("empty part"));
  CHECK_THAT(problem_of("modules/./x"), contains("empty part or a ."));
  CHECK_THAT(problem_of("modules\\..\\x"), contains("\\"));
  CHECK_THAT(problem_of("-rf"), contains("starts with -"));
  CHECK_THAT(problem_of("modules/--help"), contains("starts with -"));
  CHECK_THAT(problem_of(std::string(241, 'x')), contains("240 bytes"));
  CHECK(problem_of(std::string(240, 'x')).empty());
  for (const char* name : {"a\nb", "a\tb", "a\rb", "a\x1b[2Jb", "a\x7f", "x\xe2\x80\xaegpj.exe",
                           "a\xe2\x81\xa6"
                           "b",
                           "a\xff",
                           "a\xc2\x85"
                           "b",
                           "\xed\xa0\x80"}) {
    INFO(shown_path(name));
    CHECK_THAT(problem_of(name), contains("cannot be seen"));
  }
}

TEST_CASE("names: shown on one line, without control characters, and cut") {
  CHECK(shown_path("modules/01_box/box.hpp") == "modules/01_box/box.hpp");
  CHECK(shown_path("a\nb\tc\x1b[2J\xe2\x80\xae") == "a?b?c?[2J???");
  CHECK(shown_path(std::string(300, 'x')) == std::string(200, 'x') + "...");
  CHECK(shown_path(std::string(199, 'x') + "\xc3\x9c") == std::string(199, 'x') + "?...");
  CHECK(shown_path(std::string(300, '\xff')).size() < 610);
}
