// grader / commands / commands.hpp: what `grader` can do, a file each.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

namespace grader {

// Each adds a sub-command; its callback leaves the exit code in `exit_code`.
void add_run(CLI::App&, int& exit_code);
void add_batch(CLI::App&, int& exit_code);
void add_box(CLI::App&, int& exit_code);

/// The repository: `told`, or the nearest folder above here or above the program that is one.
/// Throws UsageError.
std::filesystem::path find_course(const std::string& told);

}  // namespace grader
