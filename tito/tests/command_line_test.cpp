// What is typed at tito that is no command, or only half of one.
#include <iostream>
#include <sstream>

#include "context.hpp"
#include "commands/commands.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"

using tt_test::contains;

namespace {

struct Answer {
  int exit_code;
  std::string shown;
};

Answer typed(std::vector<std::string> words) {
  const tito_test::MiniCourse mini;
  tito::Context context{mini.course(), tito::Screen(true)};
  words.insert(words.begin(), "tito");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  std::ostringstream shown;
  std::streambuf* const terminal = std::cout.rdbuf(shown.rdbuf());
  const int code =
      tito::run_command_line(static_cast<int>(arguments.size()), arguments.data(), context);
  std::cout.rdbuf(terminal);
  return {code, shown.str()};
}

}  // namespace

TEST_CASE("command line: tito alone, or half a command, shows what there is") {
  const Answer alone = typed({});
  CHECK(alone.exit_code == 2);
  CHECK_THAT(alone.shown, contains("milestone") && contains("status"));
  const Answer half = typed({"dev"});
  CHECK(half.exit_code == 2);
  CHECK_THAT(half.shown, contains("blanks") && contains("flaky"));
}
