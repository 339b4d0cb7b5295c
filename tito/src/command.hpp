// tito / command.hpp: how a command says what it takes.
//
// CLI11 does the work, but takes five seconds to compile: only cli.cpp includes it, so that a
// student's first `tito start` is not spent on it a dozen times over.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tito {

class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  /// A command below this one: "dev" has "sync".
  Command add(const std::string& name, const std::string& about) const;
  /// There are commands below, and one of them must be named.
  void needs_subcommand() const;

  // What is named here must live until the action has run.
  void required_word(const std::string& name, std::string& value, const std::string& about) const;
  void word(const std::string& name, std::string& value, const std::string& about) const;
  void words(const std::string& name, std::vector<std::string>& values,
             const std::string& about) const;
  void flag(const std::string& name, bool& value, const std::string& about) const;
  void option(const std::string& name, std::string& value, const std::string& about) const;
  void option(const std::string& name, int& value, const std::string& about) const;

  void action(std::function<void()> run) const;

 private:
  CLI::App* app_;
};

}  // namespace tito
