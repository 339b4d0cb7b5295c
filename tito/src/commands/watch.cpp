// tito watch [WHAT]: tests again whenever a header was saved.
#include <chrono>
#include <iostream>
#include <thread>

#include "commands.hpp"
#include "watcher.hpp"

namespace tito {
namespace {

constexpr auto pause_between_looks = std::chrono::milliseconds(300);

/// A tree that is being edited may be half done in any way: nothing that is wrong with it ends the watch.
void test_once(const Context& context, const std::string& what) {
  try {
    run_tests(context, what);
  } catch (const std::exception& error) {
    std::cout << "tito: " << error.what() << '\n';
  }
  context.screen.line(context.screen.faint("watching modules/; Ctrl-C ends"));
}

void watch(const Context& context, const std::string& what) {
  Watcher watcher(context.course.root / "modules");
  for (;;) {
    test_once(context, what);
    while (!watcher.changed()) std::this_thread::sleep_for(pause_between_looks);
    context.screen.line();
  }
}

}  // namespace

void add_watch(const Command& tito, Context& context) {
  auto what = std::make_shared<std::string>();
  const Command command = tito.add("watch", "test again each time you save");
  command.word("what", *what, "as for tito test; without it, the current module");
  command.action([&context, what] { watch(context, *what); });
}

}  // namespace tito
