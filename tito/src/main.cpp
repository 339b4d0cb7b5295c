// tito: the command line of the course. Options are read here; what a command does is in commands/.
#include <iostream>

#include "commands/commands.hpp"

namespace {

int run(int argc, char** argv) {
  CLI::App app("TinyTorch: build your own machine-learning framework, in C++", "tito");
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(22);
  bool no_color = false;
  tito::Context context;
  app.add_flag("--no-color", no_color, "no colours, even on a terminal");
  app.add_flag("-y,--yes", context.yes, "answer every question with yes");
  app.parse_complete_callback([&] { context.screen = tito::Screen(no_color); });

  context.course = grader::Course::load(tito::find_root());
  context.command = tito::find_command(context.course.root);
  tito::add_start(app, context);
  tito::add_doctor(app, context);
  tito::add_status(app, context);
  tito::add_next(app, context);
  tito::add_test(app, context);
  tito::add_hint(app, context);
  tito::add_lesson(app, context);
  tito::add_diff(app, context);
  tito::add_reset(app, context);
  tito::add_milestone(app, context);
  tito::add_run(app, context);
  tito::add_dev(app, context);
  tito::add_selftest(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? tito::exit_ok : tito::exit_usage;
  }
  return context.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const grader::UsageError& error) {
    std::cerr << "tito: " << error.what() << '\n';
    return tito::exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "tito: " << error.what() << '\n';
    return tito::exit_machine;
  }
}
