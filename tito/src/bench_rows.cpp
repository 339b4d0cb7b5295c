#include "bench_rows.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include <nlohmann/json.hpp>

namespace tito {
namespace {

std::string number_text(double number) {
  char text[32];
  std::snprintf(text, sizeof text, number >= 1e4 && number < 1e9 ? "%.0f" : "%.4g", number);
  return text;
}

/// Spaces before the text, so that numbers end in one column.
std::string right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

const BenchRow* find(const std::vector<BenchRow>& rows, const BenchRow& like, const std::string& impl) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const BenchRow& row) {
    return row.workload == like.workload && row.threads == like.threads && row.impl == impl;
  });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<BenchRow> read_bench_row(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  if (fields.size() != 8 || fields[0].empty()) return std::nullopt;
  BenchRow row{.workload = fields[0], .impl = fields[1], .unit = fields[6]};
  std::istringstream numbers(fields[2] + ' ' + fields[3] + ' ' + fields[4] + ' ' + fields[5] + ' ' + fields[7]);
  if (!(numbers >> row.threads >> row.median >> row.min >> row.max >> row.foreign)) return std::nullopt;
  return row;
}

std::string bench_tsv(const BenchRow& row) {
  std::ostringstream out;
  out << row.workload << '\t' << row.impl << '\t' << row.threads << '\t' << row.median << '\t' << row.min << '\t'
      << row.max << '\t' << row.unit << '\t' << row.foreign;
  return out.str();
}

std::string bench_json(const BenchRow& row) {
  nlohmann::ordered_json object = {{"workload", row.workload}, {"impl", row.impl},     {"threads", row.threads},
                                   {"median", row.median},     {"min", row.min},       {"max", row.max},
                                   {"unit", row.unit},         {"foreign", row.foreign}};
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

double times_as_fast(const BenchRow& one, const BenchRow& other) {
  return one.is_rate() ? one.median / other.median : other.median / one.median;
}

void show_bench_rows(const Screen& screen, const std::vector<BenchRow>& rows, const std::string& base) {
  std::vector<int> threads;  // in the order they were asked for
  for (const BenchRow& row : rows) {
    if (std::find(threads.begin(), threads.end(), row.threads) == threads.end()) threads.push_back(row.threads);
  }
  for (const int count : threads) {
    screen.line(screen.strong(count == 1 ? "1 thread, processor time"
                                         : std::to_string(count) + " threads, time on the clock") +
                "; times: how many times as fast " + base + " is");
    screen.line(screen.faint(pad("workload", 22) + pad("by", 12) + right("median", 9) + ' ' + pad("", 9) +
                             right("min", 8) + right("max", 8) + right("times", 9)));
    std::vector<const BenchRow*> shown;
    double foreign = 0;
    for (const BenchRow& first : rows) {
      if (first.threads != count || std::find(shown.begin(), shown.end(), &first) != shown.end()) continue;
      for (const BenchRow& row : rows) {  // all of this workload
        if (row.threads != count || row.workload != first.workload) continue;
        shown.push_back(&row);
        foreign = std::max(foreign, row.foreign);
        const BenchRow* mine = find(rows, row, base);
        char times[32] = "";
        if (mine != nullptr && mine != &row && row.median > 0 && mine->median > 0) {
          std::snprintf(times, sizeof times, "%.2f x", times_as_fast(*mine, row));
        }
        screen.line(pad(&row == &first ? row.workload : "", 22) + pad(row.impl, 12) +
                    right(number_text(row.median), 9) + ' ' + pad(row.unit, 9) + right(number_text(row.min), 8) +
                    right(number_text(row.max), 8) + (*times ? right(times, 9) : ""));
      }
    }
    if (count > 1 && foreign > 0.05) {
      screen.line();
      screen.paragraph("Others used up to " + number_text(foreign) +
                           " processors meanwhile: these times say little. Try again when the machine is quiet.",
                       "");
    }
    screen.line();
  }
}

}  // namespace tito
