// milestones / support / progress.hpp: where a long computation stands.
//
//   Progress bar("epoch  3/10", 1400);
//   bar.update(700, "41 wrong");      a bar that redraws itself; at most twenty times a second
//   bar.finish("41 wrong");           the line that stays
// Where stdout is no terminal (a pipe, a log), only lines that stay are printed: the last one, and one every
// ten seconds before it.
#pragma once
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace milestone {

inline constexpr std::size_t screen_width = 80;

class Progress {
 public:
  Progress(std::string label, std::int64_t total)
      : label_(std::move(label)),
        total_(total),
        redraws_(can_redraw()),
        start_(Clock::now()),
        last_(start_) {}

  void update(std::int64_t done, const std::string& note) {
    const Clock::time_point now = Clock::now();
    const double since = seconds(last_, now);
    if (since < (redraws_ ? 0.05 : 10)) return;
    last_ = now;
    const double left =
        seconds(start_, now) * double(total_ - done) / double(std::max<std::int64_t>(done, 1));
    const std::string more =
        left >= 1 ? "   " + std::to_string(std::int64_t(left)) + " s left" : "";
    print(line(done, note + more), redraws_ ? '\r' : '\n');
  }

  void finish(const std::string& note) { print(line(total_, note), '\n'); }

 private:
  using Clock = std::chrono::steady_clock;

  static bool can_redraw() {
    const char* kind = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && (kind == nullptr || std::string_view(kind) != "dumb");
  }

  static double seconds(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
  }

  std::string line(std::int64_t done, const std::string& note) const {
    constexpr std::int64_t cells = 24;
    const std::int64_t filled = total_ > 0 ? cells * done / total_ : cells;
    const std::string total = std::to_string(total_);
    std::string count = std::to_string(done);
    count.insert(0, total.size() - std::min(total.size(), count.size()), ' ');
    const std::string bar = "[" + std::string(static_cast<std::size_t>(filled), '#') +
                            std::string(static_cast<std::size_t>(cells - filled), '-') + "]  ";
    return "    " + label_ + "  " + (redraws_ ? bar : "") + count + "/" + total + "   " + note;
  }

  /// A shorter line must cover a longer one that it replaces.
  void print(std::string text, char end) const {
    text.resize(redraws_ ? screen_width - 1 : std::min(text.size(), screen_width - 1), ' ');
    std::printf("%s%s%c", redraws_ ? "\r" : "", text.c_str(), end);
    std::fflush(stdout);
  }

  std::string label_;
  std::int64_t total_;
  bool redraws_;
  Clock::time_point start_, last_;
};

}  // namespace milestone
