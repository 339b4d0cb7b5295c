// What benchmarks print: read, compared, shown.
#include "bench_rows.hpp"

#include "files.hpp"
#include "tt_catch.hpp"
#include "what_is_shown.hpp"

namespace {

const char* const mine = "gemm_64\tstudent\t1\t50\t45\t55\tGFLOP/s\t0.25";
const char* const theirs = "gemm_64\treference\t1\t100\t90\t110\tGFLOP/s\t0.5";

/// What show_bench_rows writes, line by line.
std::vector<std::string> shown(const std::vector<tito::BenchRow>& rows, const std::string& base) {
  return grader::split_lines(tito_test::what_is_shown(
      [&] { show_bench_rows(tito::Screen(true), rows, base); }));
}

}  // namespace

TEST_CASE("bench: a line of the harness is read and written as it was") {
  const auto row = tito::read_bench_row(mine);
  REQUIRE(row);
  CHECK(row->impl == "student");
  CHECK(row->median == 50);
  CHECK(tito::bench_tsv(*row) == mine);
  CHECK(tito::bench_json(*row) ==
        R"({"workload":"gemm_64","impl":"student","threads":1,"median":50.0,"min":45.0,"max":55.0,)"
        R"("unit":"GFLOP/s","foreign":0.25})");
}

TEST_CASE("bench: what a program prints besides is no row") {
  CHECK_FALSE(tito::read_bench_row(""));
  CHECK_FALSE(tito::read_bench_row("hello"));
  CHECK_FALSE(tito::read_bench_row("gemm_64\tstudent\t1\tfast\t45\t55\tGFLOP/s\t0.25"));
  CHECK_FALSE(tito::read_bench_row("a\tb\t1\t2\t3"));
}

TEST_CASE("bench: more is better for a rate, less for a time") {
  CHECK(times_as_fast(*tito::read_bench_row(theirs), *tito::read_bench_row(mine)) == 2);
  const auto slow = tito::read_bench_row("gpt_step\ta\t1\t80\t80\t80\tms\t0");
  const auto fast = tito::read_bench_row("gpt_step\tb\t1\t20\t20\t20\tms\t0");
  CHECK(times_as_fast(*fast, *slow) == 4);
}

TEST_CASE("bench: the lines of a workload stand together, at 80 columns, beside how fast the base is") {
  const std::vector<tito::BenchRow> rows = {
      *tito::read_bench_row(theirs),
      *tito::read_bench_row("loader\treference\t1\t2660000\t2500000\t2700000\timages/s\t0"),
      *tito::read_bench_row(mine)};
  const std::vector<std::string> lines = shown(rows, "reference");
  REQUIRE(lines.size() == 6);
  for (const std::string& line : lines) CHECK(line.size() <= 80);
  CHECK(lines[2].find("gemm_64") == 0);
  CHECK(lines[3].find("student") != std::string::npos);
  CHECK(lines[3].find("2.00 x") != std::string::npos);
  CHECK(lines[4].find("loader") == 0);
  CHECK(lines[4].find("2660000 images/s") != std::string::npos);
}
