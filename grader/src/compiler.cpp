#include "compiler.hpp"

#include "compiler_answers.hpp"
#include "course.hpp"
#include "process.hpp"

namespace grader {
namespace {

constexpr double cpu_limit = 120;
constexpr double wall_limit =
    300;  // more than the CPU time: a busy machine is not the source's fault
constexpr std::uint64_t memory_limit = 3ull << 30;
constexpr std::uint64_t file_limit = 512ull << 20;
constexpr std::uint64_t log_limit = 64 << 10;

std::string ask_version(const std::string& program) {
  const std::filesystem::path place = find_program(program);
  return compiler_answer(place, "version", [&] {
    ProcessSpec spec;
    spec.arguments = {program, "--version"};
    spec.environment = minimal_environment();
    spec.wall_seconds = 20;
    const ProcessResult result = run_process(spec);
    if (!result.ok()) {
      throw InfrastructureError("'" + program +
                                " --version' fails\n  hint: is it a C++ compiler? " + result.err);
    }
    return place.string() + "\n" + result.out;
  });
}

}  // namespace

Compiler::Compiler(const std::string& program)
    : program_(program),
      identity_(ask_version(program)),
      clang_(identity_.find("clang") != std::string::npos) {}

CompilerRun Compiler::run(const std::vector<std::string>& arguments, const Sandbox& sandbox,
                          Box box) const {
  ProcessSpec spec;
  spec.arguments = {program_};
  spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
  spec.environment = minimal_environment();
  spec.wall_seconds = wall_limit;
  spec.cpu_seconds = cpu_limit;
  spec.memory_bytes = memory_limit;
  spec.file_bytes = file_limit;
  spec.output_bytes = log_limit;
  box.scratch_bytes = file_limit;
  box.processes = 32;
  const ProcessResult result = sandbox.run(spec, box);
  CompilerRun run{result.ok(), result.err + result.out, result.wall_seconds};
  const bool stopped = run.log.find("CPU time limit exceeded") != std::string::npos;
  if (result.timed_out || stopped) {
    run.log += "\nerror: the compiler did not finish; is a template or a constexpr loop endless?\n";
  } else if (!run.ok && run.log.empty()) {
    run.log =
        "error: the compiler ended without a word; perhaps it needed more than 3 GB of memory\n";
  }
  if (result.output_cut) run.log += "\n... (the log is longer than 64 kB)\n";
  return run;
}

std::string test_compiler(bool sanitize) {
  static const bool clang = compiles_cpp20("clang++");
  const bool gcc = !find_program("g++").empty();
  return clang && !(sanitize && gcc) ? "clang++" : "g++";
}

bool compiles_cpp20(const std::string& program) {
  const std::filesystem::path place = find_program(program);
  if (place.empty()) return false;
  const auto ask = [&]() -> std::string {
    ProcessSpec spec;
    spec.arguments = {program, "-std=c++20", "-fsyntax-only",   "-x",
                      "c++",   "-include",   "source_location", "/dev/null"};
    spec.environment = minimal_environment();
    spec.wall_seconds = 20;
    // Only a yes is kept: a no may be a machine's that is short of something just now.
    if (!run_process(spec).ok()) throw InfrastructureError(program + " finds no C++20 library");
    return "yes";
  };
  try {
    return compiler_answer(place, "C++20", ask) == "yes";
  } catch (const InfrastructureError&) {
    return false;
  }
}

}  // namespace grader
