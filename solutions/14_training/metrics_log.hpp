// 14_training / metrics_log.hpp: every number of a run, one line of JSON each. Given code.
//
//   {"step":1,"epoch":0,"loss":2.31,"lr":0.001,"grad_norm":1.5}
//   {"step":10,"validation_loss":2.25}
// Lines can be read by every tool while the run goes on. A resumed run takes out the lines that are
// ahead of its checkpoint, because it is about to write them again; a line that a kill tore apart
// goes with them.
#pragma once
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

class MetricsLog : public Callback {
 public:
  explicit MetricsLog(std::filesystem::path file) : file_(std::move(file)) {}

  void on_start(Trainer& trainer) override {
    write_file_atomically(file_, lines_up_to(trainer.position().step));
    out_.open(file_, std::ios::binary | std::ios::app);
  }

  void on_step(Trainer&, const StepReport& r) override {
    write("{\"step\":" + std::to_string(r.step) + ",\"epoch\":" + std::to_string(r.epoch) +
          ",\"loss\":" + number(r.loss) + ",\"lr\":" + number(r.lr) +
          ",\"grad_norm\":" + number(r.grad_norm) + "}");
  }

  void on_evaluate(Trainer& trainer, double loss) override {
    write("{\"step\":" + std::to_string(trainer.position().step) +
          ",\"validation_loss\":" + number(loss) + "}");
  }

 private:
  /// JSON has neither NaN nor infinity.
  static std::string number(double x) {
    if (!std::isfinite(x)) return "null";
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", x);
    return text;
  }

  std::string lines_up_to(Index step) const {
    std::ifstream in(file_, std::ios::binary);
    const std::string begin = "{\"step\":";
    std::string kept, line;
    while (step > 0 && std::getline(in, line) && !in.eof()) {
      if (line.rfind(begin, 0) != 0) continue;
      if (std::strtoll(line.c_str() + begin.size(), nullptr, 10) <= step) kept += line + "\n";
    }
    return kept;
  }

  void write(const std::string& line) {
    out_ << line << '\n' << std::flush;
    if (!out_) throw FileError(file_.string() + ": expects a file that can be written, got none");
  }

  std::filesystem::path file_;
  std::ofstream out_;
};

}  // namespace tinytorch
