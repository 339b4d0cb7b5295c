#include "programs.hpp"

#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "diagnosis.hpp"
#include "files.hpp"
#include "testing.hpp"
#include "toolchain.hpp"

extern char** environ;

namespace tito {
namespace fs = std::filesystem;
namespace {

std::string format_now(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, format, &parts);
  return text;
}

std::size_t terminal_rows() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

}  // namespace

int run_here(const std::vector<std::string>& arguments) {
  std::cout << std::flush;
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0) {
    throw grader::InfrastructureError(arguments.front() + ": cannot be started");
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void show_long(const Context& context, const std::string& text) {
  if (context.screen.terminal() && grader::split_lines(text).size() + 2 > terminal_rows()) {
    const char* chosen = std::getenv("PAGER");
    const std::string pager = chosen != nullptr && *chosen != '\0' ? chosen : "less -R";
    if (std::FILE* pipe = popen(pager.c_str(), "w")) {
      std::fwrite(text.data(), 1, text.size(), pipe);
      if (pclose(pipe) == 0) return;
    }
  }
  std::cout << text << std::flush;
}

fs::path include_folder(const Context& context, bool solution) {
  return write_overlay(context.course, context.code(solution),
                       context.build() / "include" / (solution ? "reference" : "student"));
}

fs::path build_program(const Context& context, const fs::path& source, bool solution,
                       const std::string& profile, const std::string& name) {
  const grader::Toolchain toolchain(context.course, default_compiler(), profile,
                                    context.build() / "cache");
  context.screen.progress("  building " + name + " ...");
  const grader::BuildResult built = toolchain.build_program(source, context.code(solution), name);
  context.screen.end_progress();
  if (built.ok) return built.executable;
  const std::string log = built.sources.empty() || built.sources.front().ok
                              ? built.link_log
                              : built.sources.front().log;
  std::cerr << log << '\n';
  std::cerr << "tito: " << context.shown(source)
            << " does not build; the compiler's words are above\n";
  return {};
}

fs::path new_backup_folder(const Context& context) {
  const std::string stamp = format_now("%Y%m%d-%H%M%S");
  fs::path folder = context.build() / "backups" / stamp;
  for (int n = 2; fs::exists(folder); ++n) {
    folder.replace_filename(stamp + "-" + std::to_string(n));
  }
  return folder;
}

std::string today() { return format_now("%Y-%m-%d"); }

}  // namespace tito
