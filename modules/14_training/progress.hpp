// 14_training / progress.hpp: where a run stands, in one line. Given code.
//
//   step   120/400   loss 2.3100   lr 1.00e-03   12345/s   1:05 left
// On a terminal the line redraws itself; in a pipe or a log a line is printed now and then.
#pragma once
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

struct ProgressLineOptions {
  std::FILE* out = stdout;
  std::string unit = "";               // what is counted a second: " tokens"
  double every_seconds = 10;           // between two lines where nothing can be redrawn
  std::function<double()> clock = {};  // seconds since whenever; a test has its own
};

class ProgressLine : public Callback {
 public:
  using Options = ProgressLineOptions;

  explicit ProgressLine(Options options = {}) : options_(std::move(options)) {
    if (!options_.clock) {
      options_.clock = [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
      };
    }
    const char* kind = std::getenv("TERM");
    redraws_ =
        isatty(fileno(options_.out)) != 0 && (kind == nullptr || std::string(kind) != "dumb");
  }

  void on_start(Trainer&) override {
    started_ = shown_ = options_.clock();
    steps_ = examples_ = 0;
  }

  void on_step(Trainer&, const StepReport& report) override {
    ++steps_;
    examples_ += report.examples;
    last_ = report;
    const double now = options_.clock();
    if (now - shown_ < (redraws_ ? 0.1 : options_.every_seconds)) return;
    shown_ = now;
    show(now, redraws_ ? '\r' : '\n');
  }

  void on_evaluate(Trainer&, double loss) override { evaluated_ = loss; }

  void on_end(Trainer&) override {
    if (steps_ > 0) show(options_.clock(), '\n');
  }

 private:
  void show(double now, char end) const {
    const double seconds = std::max(now - started_, 1e-9);
    const double left =
        seconds / static_cast<double>(steps_) * static_cast<double>(last_.total - last_.step);
    char text[200];
    std::snprintf(
        text, sizeof text, "step %5lld/%lld   loss %.4f   lr %.2e   %.0f%s/s   %lld:%02lld left",
        static_cast<long long>(last_.step), static_cast<long long>(last_.total), last_.loss,
        last_.lr, static_cast<double>(examples_) / seconds, options_.unit.c_str(),
        static_cast<long long>(left) / 60, static_cast<long long>(left) % 60);
    std::string line = text;
    if (evaluated_ >= 0) {
      std::snprintf(text, sizeof text, "   validation %.4f", evaluated_);
      line += text;
    }
    if (redraws_) line.resize(std::max<std::size_t>(line.size(), 100), ' ');  // covers a longer one
    std::fprintf(options_.out, "%s%s%c", redraws_ ? "\r" : "", line.c_str(), end);
    std::fflush(options_.out);
  }

  Options options_;
  bool redraws_ = false;
  double started_ = 0, shown_ = 0;
  double evaluated_ = -1;           // none yet
  Index steps_ = 0, examples_ = 0;  // of this process: a resumed run is not faster than it is
  StepReport last_;
};

}  // namespace tinytorch
