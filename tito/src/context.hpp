// tito / context.hpp: what every command works with.
#pragma once
#include <filesystem>
#include <string>

#include "course.hpp"
#include "overlay.hpp"
#include "screen.hpp"
#include "session.hpp"

namespace tito {

/// What the exit codes of tito and of the grader mean.
enum Exit { exit_ok = 0, exit_fell_short = 1, exit_usage = 2, exit_machine = 3 };

struct Context {
  grader::Course course;
  Screen screen;
  std::string command = "tito";  // how this person starts tito: "tito" or "./tito/tito"
  bool yes = false;              // --yes: never ask
  int exit_code = exit_ok;       // what the chosen command came to

  std::filesystem::path build() const { return course.root / "build"; }
  std::filesystem::path tool(const std::string& name) const {
    return build() / "tools" / "bin" / name;
  }

  grader::Overlay student() const { return grader::Overlay::student(course, course.root); }
  grader::Overlay reference() const { return grader::Overlay::reference(course); }
  grader::Overlay code(bool solution) const { return solution ? reference() : student(); }

  /// "tito hint 01.3", spelled so that it works when it is typed as shown.
  std::string say(const std::string& words) const { return command + " " + words; }
  /// A path as a person types it: relative to the repository where it lies in it.
  std::string shown(const std::filesystem::path& path) const;
};

/// The repository that this executable was built in (root/build/tools/bin/tito).
std::filesystem::path find_root();

/// "tito" if that is what PATH finds; otherwise the launcher as it was typed.
std::string find_command(const std::filesystem::path& root);

/// Processors that builds and tests may use.
int job_count();

}  // namespace tito
