// grader / commands / result_commands.hpp: what is done with results and submissions besides
// grading. Each action returns the exit code, and throws as everything here does.
#pragma once
#include <string>
#include <vector>

#include "plagiarism.hpp"

namespace CLI {
class App;
}

namespace grader {

/// Adds all of the commands below. Their options are read in one file, result_commands.cpp, because
/// CLI11 takes seconds to compile.
void add_result_commands(CLI::App&, int& exit_code);

struct ExportOptions {
  std::vector<std::string> from;  // results; several for csv only
  std::string format, out;
};
int run_export(const ExportOptions&);

struct SignOptions {
  std::string key;
  std::vector<std::string> results;
};
int run_sign(const SignOptions&);
/// 0 if all are good, otherwise 1; a line for each on stdout.
int run_verify(const SignOptions&);

int run_plagiarism_export(const Course&, const PlagiarismOptions&);

struct SummaryOptions {
  std::string results, roster, out, assignment = "TinyTorch";
};
/// 3 if somebody has no mark.
int run_summary(const SummaryOptions&);

}  // namespace grader
