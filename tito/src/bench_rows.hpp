// tito / bench_rows.hpp: the lines that benchmarks print (tests/performance/harness.hpp), read and shown.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "screen.hpp"

namespace tito {

/// workload impl threads median min max unit foreign.
struct BenchRow {
  std::string workload, impl, unit;
  int threads = 1;
  double median = 0, min = 0, max = 0;
  double foreign = 0;  // processors that others used meanwhile

  /// More is better: GB/s, and not ms.
  bool is_rate() const { return unit.find("/s") != std::string::npos; }
};

/// Nothing if the line is no row: programs may print other things.
std::optional<BenchRow> read_bench_row(const std::string& line);

/// As the harness prints them.
std::string bench_tsv(const BenchRow& row);
std::string bench_json(const BenchRow& row);

/// How many times as fast `one` is as `other`; the same workload and number of threads.
double times_as_fast(const BenchRow& one, const BenchRow& other);

/// A table of 80 columns: the lines of a workload together, and beside each how many times as fast `base` is.
void show_bench_rows(const Screen&, const std::vector<BenchRow>& rows, const std::string& base);

}  // namespace tito
