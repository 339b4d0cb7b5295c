// tito / programs.hpp: programs that talk to the person directly: milestones, `tito run`, a pager.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "context.hpp"

namespace tito {

/// Runs a program on our own terminal and waits. Its exit code; 128 + n if signal n ended it.
int run_here(const std::vector<std::string>& arguments);

/// Shows a long text: through $PAGER (or less) on a terminal if it is longer than the screen, else
/// plainly.
void show_long(const Context&, const std::string& text);

/// Compiles a program with its own main against the student's or the reference framework.
/// On an error, shows the compiler's first words and returns an empty path.
std::filesystem::path build_program(const Context&, const std::filesystem::path& source,
                                    bool solution, const std::string& profile,
                                    const std::string& name);

/// root/build/include/student or .../reference, written anew where something changed.
std::filesystem::path include_folder(const Context&, bool solution);

/// build/backups/20261122-201530, or with -2, -3 at its end: never a folder that holds another backup.
std::filesystem::path new_backup_folder(const Context&);

/// "2026-11-22".
std::string today();

}  // namespace tito
