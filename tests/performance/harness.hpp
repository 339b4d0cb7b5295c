// performance / harness.hpp: how a workload is timed and reported, ours and those of other libraries alike.
//
//   int main(int argc, char** argv) {
//     bench::Report report(argc, argv);
//     report.rate("gemm_128", "GFLOP/s", 2 * 128e-9 * 128 * 128, [&] { multiply(); });
//     report.time("gpt_step", "ms", 1e3, [&] { step(); });
//   }
// prints one line a workload, as tab-separated values: workload impl threads median min max unit
// foreign. Arguments: --impl NAME, --json, --samples N, --seconds S (of a sample), and names of
// workloads, or beginnings of names. docs/performance.md says how to run them.
//
// Other people use the machine, too. With one thread a sample is processor time, which they hardly
// disturb. With more it is time on the clock: samples during which others had more than 5 % of a
// processor are noisy and dropped, as long as enough others are left within a few seconds; the
// column `foreign` says what others had of a processor during the samples that were kept.
// Not here: any verdict. A time is a fact about one machine; compare two of the same run.
#pragma once
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

inline double seconds_of(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
inline double wall() { return seconds_of(CLOCK_MONOTONIC); }
inline double processor() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }

/// Processor seconds that everybody has used since the machine was started; 0 where /proc is not.
inline double processor_of_all() {
  std::ifstream file("/proc/stat");
  std::string word;
  file >> word;
  double ticks[8] = {};  // user nice system idle iowait irq softirq steal
  for (double& t : ticks) file >> t;
  return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / 100;
}

/// Keeps the compiler from dropping what `value` was computed by.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

struct Timing {
  double median, min, max;  // seconds of one call
  double foreign;           // processors that others used meanwhile, on average
};

class Report {
 public:
  Report(int argc, char** argv) {
    if (const char* n = std::getenv("TT_THREADS")) threads_ = std::max(1, std::atoi(n));
    for (int i = 1; i < argc; ++i) {
      const std::string word = argv[i];
      const auto value = [&] { return i + 1 < argc ? argv[++i] : ""; };
      if (word == "--json") json_ = true;
      else if (word == "--impl") impl_ = value();
      else if (word == "--samples") samples_ = std::max(1, std::atoi(value()));
      else if (word == "--seconds") sample_seconds_ = std::atof(value());
      else wanted_.push_back(word);
    }
  }

  int threads() const { return threads_; }

  bool wants(const std::string& workload) const {
    return wanted_.empty() || std::any_of(wanted_.begin(), wanted_.end(), [&](const auto& begin) {
             return workload.rfind(begin, 0) == 0;
           });
  }

  /// `work` units a second.
  template <class F>
  void rate(const std::string& workload, const char* unit, double work, F f,
            const char* impl = nullptr) {
    if (!wants(workload)) return;
    const Timing t = sample(f);
    print(workload, impl, work / t.median, work / t.max, work / t.min, unit, t.foreign);
  }

  /// Seconds of a call, times `scale`.
  template <class F>
  void time(const std::string& workload, const char* unit, double scale, F f,
            const char* impl = nullptr) {
    if (!wants(workload)) return;
    const Timing t = sample(f);
    print(workload, impl, t.median * scale, t.min * scale, t.max * scale, unit, t.foreign);
  }

  /// A number that was counted, not timed.
  void count(const std::string& workload, const char* unit, double n, const char* impl = nullptr) {
    if (wants(workload)) print(workload, impl, n, n, n, unit, 0);
  }

 private:
  struct Sample {
    double seconds, foreign;
  };

  template <class F>
  Timing sample(F& f) const {
    const bool alone = threads_ == 1;
    const auto now = [&] { return alone ? processor() : wall(); };
    f();  // caches, page tables, first-time initialisation
    const double start = now();
    f();
    const double one = std::max(1e-9, now() - start);
    const long calls = std::max(1L, static_cast<long>(sample_seconds_ / one));
    const auto wanted = static_cast<std::size_t>(samples_);
    constexpr double quiet = 0.05, patience = 4;
    std::vector<Sample> taken;
    std::size_t quiet_ones = 0;
    const double begin = wall();
    while (taken.size() < wanted ||
           (!alone && quiet_ones < wanted && wall() - begin < patience)) {
      const double all = processor_of_all(), own = processor(), clock = wall(), from = now();
      for (long i = 0; i < calls; ++i) f();
      const double took = now() - from;
      const double others = processor_of_all() - all - (processor() - own);
      taken.push_back({took / static_cast<double>(calls),
                       std::max(0.0, others / (wall() - clock))});
      if (taken.back().foreign < quiet) ++quiet_ones;
    }
    if (!alone) {
      std::sort(taken.begin(), taken.end(),
                [](const Sample& a, const Sample& b) { return a.foreign < b.foreign; });
      taken.resize(wanted);
    }
    double foreign = 0;
    for (const Sample& s : taken) foreign += s.foreign / static_cast<double>(taken.size());
    std::sort(taken.begin(), taken.end(),
              [](const Sample& a, const Sample& b) { return a.seconds < b.seconds; });
    return {taken[taken.size() / 2].seconds, taken.front().seconds, taken.back().seconds, foreign};
  }

  void print(const std::string& workload, const char* impl, double median, double min, double max,
             const char* unit, double foreign) const {
    const char* form =
        json_ ? "{\"workload\": \"%s\", \"impl\": \"%s\", \"threads\": %d, \"median\": %.6g, "
                "\"min\": %.6g, \"max\": %.6g, \"unit\": \"%s\", \"foreign\": %.2f}\n"
              : "%s\t%s\t%d\t%.6g\t%.6g\t%.6g\t%s\t%.2f\n";
    std::printf(form, workload.c_str(), impl != nullptr ? impl : impl_.c_str(), threads_, median,
                min, max, unit, foreign);
    std::fflush(stdout);
  }

  int threads_ = 1, samples_ = 7;
  double sample_seconds_ = 0.1;
  bool json_ = false;
  std::string impl_ = "tinytorch";
  std::vector<std::string> wanted_;
};

}  // namespace bench
