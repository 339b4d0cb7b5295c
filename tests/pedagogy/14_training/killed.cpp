// 14_training: kill -9 at random moments, twenty times. What is lost are the steps since the last checkpoint.
#include <tinytorch/training/metrics_log.hpp>
#include <tinytorch/training/resume.hpp>
#include "../pedagogy/14_training/runs.hpp"

#include <sys/wait.h>
#include <csignal>

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr Index steps = 160, every = 2;

/// Tells each step to a pipe, then waits for the permission to go on: a run that is killed early enough.
struct Leash : Callback {
  Leash(int told, int allowed) : out(told), in(allowed) {}
  void on_step(Trainer&, const StepReport& report) override {
    char byte = 0;
    if (::write(out, &report.step, sizeof report.step) != sizeof report.step) _exit(2);
    if (::read(in, &byte, 1) != 1) _exit(3);
  }
  int out, in;
};

/// The whole program: the same one starts the run and continues it.
std::vector<double> run(const std::filesystem::path& folder,
                        std::shared_ptr<Callback> callback = nullptr) {
  Rng rng(5);
  const runs::Net net(rng);
  AdamW optimizer(net.parameters(), {.lr = 0.02});
  Trainer trainer(
      net, optimizer,
      {.max_steps = steps, .checkpoint_every = folder.empty() ? 0 : every, .folder = folder});
  if (!folder.empty()) {
    trainer.add(std::make_shared<MetricsLog>(folder / "log"));
    (void)resume(trainer);
  }
  if (callback) trainer.add(std::move(callback));
  trainer.fit(runs::losses(net));
  return runs::numbers(net);
}

/// Lets a child take up to `allowed` steps and kills it at a random moment after the third; returns the first and
/// the last step that it told of, or {0, 0} if it ended by itself.
std::pair<Index, Index> run_and_kill(const std::filesystem::path& folder, Rng& rng) {
  int told[2], allowed[2];
  REQUIRE((::pipe(told) == 0 && ::pipe(allowed) == 0));
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(told[0]);
    ::close(allowed[1]);
    try {
      (void)run(folder, std::make_shared<Leash>(told[1], allowed[0]));
    } catch (...) {
      _exit(1);  // nothing of the test's own machinery may run twice
    }
    _exit(0);
  }
  ::close(told[1]);
  ::close(allowed[0]);
  const std::string permits(static_cast<std::size_t>(3 + rng.below(4)), '.');
  const bool granted =
      ::write(allowed[1], permits.data(), permits.size()) == ssize_t(permits.size());
  Index first = 0, last = 0, step = 0;
  for (int k = 0; k < 3 && ::read(told[0], &step, sizeof step) == sizeof step; ++k) {
    if (first == 0) first = step;
    last = step;
  }
  ::usleep(static_cast<useconds_t>(rng.below(2000)));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  while (::read(told[0], &step, sizeof step) == sizeof step) last = step;
  ::close(told[0]);
  ::close(allowed[1]);
  if (!granted || !WIFSIGNALED(status)) return {0, 0};
  return {first, last};
}

}  // namespace

TEST_CASE("killed: twenty times and the weights are those of a quiet run",
          "[14.12][14.13][14.9][systems]") {
  const std::vector<double> quiet = run("");
  const runs::Folder folder;
  Rng rng(1);
  Index last = 0, kills = 0, lost_too_much = 0, from_nowhere = 0;
  for (int k = 0; k < 20; ++k) {
    const auto [first, until] = run_and_kill(folder.path(), rng);
    kills += first > 0 ? 1 : 0;
    // Whoever told of a step had saved the last checkpoint before it.
    if (first - 1 < (last - 1) / every * every) ++lost_too_much;
    if (first - 1 > last || (first - 1) % every != 0) ++from_nowhere;
    last = until;
  }
  CHECK(kills == 20);
  CHECK(lost_too_much == 0);
  CHECK(from_nowhere == 0);
  CHECK(last < steps);
  CHECK(run(folder.path()) == quiet);
}

TEST_CASE("killed: the log has every step once", "[14.12][14.13][systems]") {
  const runs::Folder folder;
  (void)run("");
  Rng rng(2);
  CHECK(run_and_kill(folder.path(), rng).first == 1);
  std::ofstream(folder / "log", std::ios::app) << "{\"step\":7,\"los";  // torn by the kill
  CHECK(run_and_kill(folder.path(), rng).first > 1);
  (void)run(folder.path());
  std::istringstream log(runs::contents(folder / "log"));
  std::string line;
  Index step = 0, wrong = 0;
  while (std::getline(log, line)) {
    ++step;
    wrong +=
        line.rfind("{\"step\":" + std::to_string(step) + ",", 0) == 0 && line.back() == '}' ? 0 : 1;
  }
  CHECK(step == steps);
  CHECK(wrong == 0);
}
