// tito bench: how fast the framework is on this machine, the student's, the reference's, and other libraries beside
// them. The programs are tests/performance/workloads/NN_*.cpp and tests/performance/peers; each times itself
// (tests/performance/harness.hpp). Not here: any verdict.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "bench_rows.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "pictures.hpp"
#include "process.hpp"
#include "programs.hpp"
#include "toolchain.hpp"

namespace tito {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string module, compare, threads = "1";
  std::vector<std::string> workloads;
  bool solution = false, plot = false, peers = false, json = false, tsv = false;
};

/// A program to be run, and what it calls itself.
struct Program {
  std::vector<std::string> arguments;
  std::string impl;
};

/// The parts of a text between separators; empty ones are left out.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

std::vector<fs::path> sources_in(const fs::path& folder, const std::string& begin) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().rfind(begin, 0) == 0) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The words behind "// flags:" in a peer's source: what it needs of its library.
std::vector<std::string> flags_of(const fs::path& source) {
  const std::string mark = "// flags:";
  for (const std::string& line : grader::split_lines(grader::read_text(source))) {
    if (line.rfind(mark, 0) == 0) return split(line.substr(mark.size()), ' ');
  }
  return {};
}

/// Programs of other libraries, where they are installed; a word about those that are not.
std::vector<Program> peers(const Context& context) {
  std::vector<Program> programs;
  const fs::path folder = context.build() / "bench";
  const fs::path harness = context.course.root / "tests/performance/harness.hpp";
  fs::create_directories(folder);
  for (const fs::path& source : sources_in(context.course.root / "tests/performance/peers", "")) {
    const std::string name = source.stem().string();
    if (source.extension() == ".py") {
      programs.push_back({{"/usr/bin/python3", source.string()}, name});
      continue;
    }
    const fs::path program = folder / name;
    std::error_code none;  // never built
    const auto built_at = fs::last_write_time(program, none);
    if (!none && built_at > fs::last_write_time(source) && built_at > fs::last_write_time(harness)) {
      programs.push_back({{program.string()}, name});
      continue;
    }
    std::vector<std::string> compile = {"g++", "-O2", source.string(), "-o", program.string()};
    for (const std::string& flag : flags_of(source)) compile.push_back(flag);
    context.screen.progress("  building " + name + " ...");
    grader::ProcessSpec spec;
    spec.arguments = std::move(compile);
    spec.environment = grader::minimal_environment();
    spec.wall_seconds = 1800;
    const grader::ProcessResult built = grader::run_process(spec);
    context.screen.end_progress();
    if (built.ok()) programs.push_back({{program.string()}, name});
    else std::cerr << "tito: " << name << " does not build here, and is left out\n";
  }
  return programs;
}

std::vector<Program> ours(const Context& context, const Options& options) {
  std::vector<std::string> impls = {options.solution ? "reference" : "student"};
  if (!options.compare.empty()) impls = split(options.compare, ',');
  std::vector<Program> programs;
  const fs::path folder = context.course.root / "tests/performance/workloads";
  const std::vector<fs::path> sources = sources_in(folder, options.module);
  if (sources.empty()) throw grader::UsageError("bench: module " + options.module + " has no workload");
  for (const fs::path& source : sources) {
    for (const std::string& impl : impls) {
      if (impl != "student" && impl != "reference") {
        throw grader::UsageError("--compare: expects student,reference, got " + impl);
      }
      const fs::path program = build_program(context, source, impl == "reference", "release",
                                             source.stem().string() + "-" + impl);
      if (!program.empty()) programs.push_back({{program.string()}, impl});
    }
  }
  return programs;
}

/// Runs one program with so many threads. What is not the program's own (ijk, memcpy) keeps its name.
std::vector<BenchRow> run(const Context& context, const Program& program, const std::string& threads,
                          const Options& options) {
  grader::ProcessSpec spec;
  spec.arguments = program.arguments;
  spec.environment = grader::minimal_environment();
  spec.folder = context.course.root;
  spec.wall_seconds = 3600;
  spec.output_bytes = 1 << 20;
  spec.arguments.insert(spec.arguments.end(), {"--impl", program.impl});
  spec.arguments.insert(spec.arguments.end(), options.workloads.begin(), options.workloads.end());
  for (const char* name : {"TT_THREADS=", "OMP_NUM_THREADS=", "OPENBLAS_NUM_THREADS="}) {
    spec.environment.push_back(name + threads);
  }
  context.screen.progress("  running " + fs::path(program.arguments.back()).filename().string() + " ...");
  const grader::ProcessResult result = grader::run_process(spec);
  context.screen.end_progress();
  std::vector<BenchRow> rows;
  for (const std::string& line : grader::split_lines(result.out)) {
    if (auto row = read_bench_row(line)) rows.push_back(std::move(*row));
  }
  if (!result.ok()) {
    std::cerr << "tito: " << fs::path(program.arguments.back()).filename().string()
              << " ended early: " << result.err.substr(0, 400) << '\n';
  }
  return rows;
}

/// The module's picture: for 02 the roofline of this machine.
int plot(const Context& context, const Options& options) {
  const grader::Module& module = context.course.module(options.module.empty() ? "02" : options.module);
  if (picture_source(context.course, module).empty())
    throw grader::UsageError("bench --plot: module " + module.id + " has nothing to plot; 02 has");
  return draw_picture(context, module, options.solution, false).drawn ? exit_ok : exit_fell_short;
}

int bench(const Context& context, const Options& options) {
  if (options.plot) return plot(context, options);
  std::vector<Program> programs = ours(context, options);
  if (programs.empty()) return exit_fell_short;
  const std::string base = programs.front().impl;
  if (options.peers) {
    for (Program& peer : peers(context)) programs.push_back(std::move(peer));
  }
  std::vector<BenchRow> rows;
  for (const std::string& threads : split(options.threads, ',')) {
    for (const Program& program : programs) {
      for (BenchRow& row : run(context, program, threads, options)) rows.push_back(std::move(row));
    }
  }
  for (const BenchRow& row : rows) {
    if (options.json) std::cout << bench_json(row) << '\n';
    else if (options.tsv) std::cout << bench_tsv(row) << '\n';
  }
  if (!options.json && !options.tsv) show_bench_rows(context.screen, rows, base);
  return rows.empty() ? exit_fell_short : exit_ok;
}

}  // namespace

void add_bench(const Command& tito, Context& context) {
  auto options = std::make_shared<Options>();
  const Command command = tito.add("bench", "how fast your framework is on this machine");
  command.word("module", options->module, "only this one: 02");
  command.flag("--solution", options->solution, "the reference instead of your code");
  command.flag("--plot", options->plot, "a picture: what this machine can do, and where module 02 stands");
  command.option("--compare", options->compare, "student,reference: both, with ratios");
  command.flag("--peers", options->peers, "libtorch, OpenBLAS and NumPy too, if they are there");
  command.option("--threads", options->threads, "1 (processor time), or 1,2 (more: by the clock)");
  command.words("workloads", options->workloads, "names of workloads, or beginnings of names");
  command.flag("--tsv", options->tsv, "the lines of the benchmarks: workload impl threads median min max unit foreign");
  command.flag("--json", options->json, "one object a line");
  command.action([&context, options] { context.exit_code = bench(context, *options); });
}

}  // namespace tito
