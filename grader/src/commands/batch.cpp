// grader batch: a folder of submissions, in a sandbox or not at all.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "batch.hpp"
#include "commands/commands.hpp"
#include "export/class_summary.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

struct Options {
  BatchOptions batch;
  std::string policy = "official", outer, course;
  fs::path roster;
};

/// Other people's code runs here only behind walls that were probed, or inside a machine that may
/// be thrown away.
bool may_run(const Options& options, const Sandbox& sandbox) {
  std::printf("sandbox   %s (%s)\n", to_string(sandbox.level()).c_str(), sandbox.detail().c_str());
  if (!options.outer.empty()) return true;
  if (options.policy == "official" && sandbox.level() == Confinement::full) return true;
  std::fprintf(
      stderr,
      "grader: %s\n  Refusing to run other people's code with your permissions.\n"
      "  hint: %s; or, in a virtual machine or a container that may be thrown away:\n"
      "  hint: --outer=vm or --outer=container\n",
      options.policy == "official" ? "the sandbox is not full on this machine"
                                   : "the suites (--policy formative) run without a sandbox",
      options.policy == "official" ? "apt install bubblewrap libseccomp-dev" : "--policy official");
  return false;
}

/// One line that grows on a terminal; elsewhere one a problem.
class Progress {
 public:
  void operator()(int done, int total, const std::string& problem) const {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double left = seconds / done * (total - done);
    if (!problem.empty()) std::printf("%s%s\n", terminal_ ? "\r\033[K" : "", problem.c_str());
    if (!terminal_) return;
    std::string bar(24, '-');
    std::fill_n(bar.begin(), 24 * done / total, '#');
    std::printf("\rgrading   [%s]  %d/%d   %s left   ", bar.c_str(), done, total,
                human_seconds(std::round(left)).c_str());
    if (done == total) std::printf("\n");
    std::fflush(stdout);
  }

 private:
  bool terminal_ = isatty(1) != 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

int run(Options& options) {
  const Course course = Course::load(find_course(options.course));
  BatchOptions& batch = options.batch;
  batch.grade.official = options.policy == "official";
  batch.grader = fs::read_symlink("/proc/self/exe");
  const Module& first = *course.available().front();
  batch.grade.sandbox = Sandbox::strongest(course.solution_dir(first) / first.header);
  if (!may_run(options, batch.grade.sandbox)) return 3;
  std::optional<std::vector<RosterEntry>> roster;
  if (!options.roster.empty()) roster = read_roster(options.roster);
  if (!batch.key.empty()) batch.grade.key = read_key(batch.key).bytes;
  batch.on_progress = Progress();
  const BatchCount count = run_batch(course, batch);
  const ClassSummary summary =
      summarize(read_results(batch.out / "results"), roster ? &*roster : nullptr);
  write_class_summary(batch.out, summary);
  const int missing = summary.count(ClassStudent::State::missing);
  std::printf("%d graded, %d kept from before, %d without a mark, %d missing     %s  %s\n",
              count.graded, count.kept, summary.count(ClassStudent::State::no_mark), missing,
              (batch.out / "summary.html").c_str(), (batch.out / "grades.csv").c_str());
  return count.failed == 0 && missing == 0 ? 0 : 3;
}

}  // namespace

void add_batch(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  BatchOptions& batch = options->batch;
  CLI::App* command = app.add_subcommand("batch", "Mark a folder of submissions");
  command->add_option("folder", batch.folder, "Submissions, a folder or an archive each")
      ->required();
  command->add_option("--out", batch.out, "Where results, summary and grades go")->required();
  command->add_option("--jobs", batch.jobs, "Submissions at a time (default: 1)")
      ->check(CLI::Range(1, 256));
  command->add_option("--policy", options->policy, "official (default) or formative")
      ->check(CLI::IsMember({"formative", "official"}));
  command->add_option("--modules", batch.grade.modules, "Such as 01-03 (default: all)");
  command->add_option("--key", batch.key, "The instructor's key, for seeds and signatures")
      ->check(CLI::ExistingFile);
  command->add_option("--roster", options->roster, "CSV with a column id: who must be there")
      ->check(CLI::ExistingFile);
  command->add_option("--outer", options->outer, "What this machine is, if the sandbox is not full")
      ->check(CLI::IsMember({"vm", "container"}));
  command->add_option("--seconds", batch.seconds, "That one submission may take (default: 900)");
  command
      ->add_option("--case-seconds", batch.grade.case_seconds,
                   "How long one case may take (default: 8)")
      ->check(CLI::Range(0.1, 600.0));
  command->add_option("--compiler", batch.grade.session.compiler, "g++ or clang++");
  command->add_option("--course", options->course, "The repository (default: the one around here)");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace grader
