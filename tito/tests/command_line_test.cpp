// What is typed at tito that is no command, or only half of one.

#include "context.hpp"
#include "commands/commands.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"
#include "what_is_shown.hpp"

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
  int code = 0;
  const std::string shown = tito_test::what_is_shown([&] {
    code = tito::run_command_line(static_cast<int>(arguments.size()), arguments.data(), context);
  });
  return {code, shown};
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
