// The only file that includes CLI11; see command.hpp.
#include <CLI/CLI.hpp>
#include <iostream>

#include "command.hpp"
#include "commands/commands.hpp"

namespace tito {
Command Command::add(const std::string& name, const std::string& about) const {
  return Command(*app_->add_subcommand(name, about));
}

void Command::needs_subcommand() const { app_->require_subcommand(1); }

void Command::required_word(const std::string& name, std::string& value,
                            const std::string& about) const {
  app_->add_option(name, value, about)->required();
}

void Command::word(const std::string& name, std::string& value, const std::string& about) const {
  app_->add_option(name, value, about);
}

void Command::words(const std::string& name, std::vector<std::string>& values,
                    const std::string& about) const {
  app_->add_option(name, values, about);
}

void Command::flag(const std::string& name, bool& value, const std::string& about) const {
  app_->add_flag(name, value, about);
}

void Command::option(const std::string& name, std::string& value, const std::string& about) const {
  app_->add_option(name, value, about);
}

void Command::option(const std::string& name, int& value, const std::string& about) const {
  app_->add_option(name, value, about);
}

void Command::action(std::function<void()> run) const { app_->callback(std::move(run)); }

int run_command_line(int argc, char** argv, Context& context) {
  CLI::App app("TinyTorch: build your own machine-learning framework, in C++", "tito");
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(22);
  bool no_color = false;
  app.add_flag("--no-color", no_color, "no colours, even on a terminal");
  app.add_flag("-y,--yes", context.yes, "answer every question with yes");
  app.parse_complete_callback([&] { context.screen = Screen(no_color); });
  add_commands(Command(app), context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    // CLI11 only says that a command is missing, even when there is one that it does not know.
    const bool named = argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty();
    if (named)
      throw grader::UsageError("no command '" + std::string(argv[1]) + "'; tito --help lists them");
    const CLI::App* asked = &app;
    while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
    if (!asked->get_subcommands({}).empty()) {  // just "tito": what is there to choose from?
      std::cout << asked->help();
      return exit_usage;
    }
    return app.exit(error) == 0 ? exit_ok : exit_usage;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_ok : exit_usage;
  }
  return context.exit_code;
}

}  // namespace tito
