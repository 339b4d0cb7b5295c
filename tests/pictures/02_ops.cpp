// The roofline of this machine and where 02_ops stands below it, as your code runs: as text and as a PNG.
//
//   tito bench 02 --plot                 on your code;  --solution: on the reference
//
// A computation reads and writes bytes and does operations. Memory delivers so many bytes a second, the processor does
// so many operations a second: with x operations for each byte it can reach at most min(x * bandwidth, peak). That is
// the roof. Far below it there is something to win; on the slope only by moving fewer bytes.
// It is called with --out FOLDER, writes FOLDER/02_ops.png, and exits with 0 if every point could be measured, 1 if a
// blank is missing, 2 if it was called wrongly. One thread, processor time, the fastest of five calls each.
// S. Williams, A. Waterman, D. Patterson (2009), Roofline: an insightful visual performance model, CACM 52(4).
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../milestones/support/stb.hpp"

#include <tinytorch/ops.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "../performance/fastest.hpp"
#include "../performance/peak.hpp"
#include "canvas.hpp"

namespace {

using tt::Index;
using tt::Matrix;
using tt::Tensor;

struct Point {
  std::string name;
  double intensity;  // operations for each byte that must move: every operand once
  double speed;      // GFLOP/s; 0 if it could not be measured
};

Matrix matrix_of(const Tensor& t) {
  return {t.data(), t.size(0), t.size(1), t.strides()[0], t.strides()[1]};
}

template <class F>
void measure(std::vector<Point>& points, const char* name, double operations, double bytes, F f) {
  double speed = 0;
  try {
    speed = operations / bench::fastest(5, f) * 1e-9;
  } catch (const std::exception& error) {
    std::printf("%s: %s\n", name, error.what());
  }
  points.push_back({name, operations / bytes, speed});
}

std::vector<Point> measure_all() {
  std::vector<Point> points;
  tt::Rng rng(1);
  const Index side = 4096;  // 64 MiB in float: more than caches hold
  const Tensor x = tt::ones({side, side}), y = tt::ones({side, side});
  const double numbers = double(side * side), size = sizeof(tt::real);
  measure(points, "x + y", numbers, 3 * size * numbers, [&] { (void)(x + y); });
  measure(points, "sum(x)", numbers, size * numbers, [&] { (void)tt::sum(x); });
  const Index n = 512;
  const Tensor a = tt::randn({n, n}, rng), b = tt::randn({n, n}, rng), c = tt::zeros({n, n});
  const double flops = 2.0 * n * n * n, bytes = 3 * size * n * n;
  const auto product = [&](const char* name, auto multiply) {
    measure(points, name, flops, bytes, [&] { multiply(matrix_of(a), matrix_of(b), matrix_of(c)); });
  };
  product("ijk, 512", tt::matmul_ijk);
  product("ikj, 512", tt::matmul_ikj);
  product("packed tiles, 512", tt::gemm);
  return points;
}

struct Roof {
  double bandwidth, peak;  // GB/s, GFLOP/s
  double at(double intensity) const { return std::min(intensity * bandwidth, peak); }
};

Roof measure_roof() {
  std::vector<char> from(64 << 20, 1), to(64 << 20);
  const double copy = bench::fastest(5, [&] { std::memcpy(to.data(), from.data(), from.size()); });
  double operations = 0;
  const double compute = bench::fastest(5, [&] { operations = peak::multiply_add(1'000'000); });
  return {2e-9 * double(from.size()) / copy, 1e-9 * operations / compute};
}

void print(const Roof& roof, const std::vector<Point>& points) {
  std::printf("memcpy %.1f GB/s, peak %.0f GFLOP/s in one thread\n\n", roof.bandwidth, roof.peak);
  std::printf("                     operations/byte   GFLOP/s   the roof   share\n");
  for (const Point& p : points) {
    const double share = p.speed / roof.at(p.intensity);
    const int stars = static_cast<int>(std::lround(std::min(1.0, share) * 20));
    std::printf("%-20s %15.2f %9.2f %10.1f %6.0f %%  %s\n", p.name.c_str(), p.intensity, p.speed,
                roof.at(p.intensity), 100 * share, std::string(std::size_t(stars), '#').c_str());
  }
}

bool draw(const Roof& roof, const std::vector<Point>& points, const std::string& file) {
  constexpr int width = 900, height = 560;
  constexpr picture::Rectangle area{90, 50, 780, 430};
  constexpr double left = 0.05, right = 300, low = 0.2;
  const double high = roof.peak * 2;
  picture::Canvas canvas(width, height);
  const auto place = [](double v, double from, double to) {
    return std::log(v / from) / std::log(to / from);
  };
  const auto column = [&](double v) {
    return area.x + static_cast<int>(place(v, left, right) * area.width);
  };
  const auto row = [&](double v) {
    return area.y + area.height - static_cast<int>(place(v, low, high) * area.height);
  };
  for (const char* const text : {"0.1", "1", "10", "100"}) {
    const double v = std::atof(text);
    canvas.line(column(v), area.y, column(v), area.y + area.height, picture::light_grey, area);
    canvas.text(column(v) - 8, area.y + area.height + 8, text, picture::grey);
    if (v < low) continue;
    canvas.line(area.x, row(v), area.x + area.width, row(v), picture::light_grey, area);
    canvas.text(area.x - 50, row(v) - 8, text, picture::grey);
  }
  const double ridge = roof.peak / roof.bandwidth;
  canvas.line(column(left), row(roof.at(left)), column(ridge), row(roof.peak), picture::blue, area);
  canvas.line(column(ridge), row(roof.peak), column(right), row(roof.peak), picture::blue, area);
  for (const Point& p : points) {
    if (!(p.speed > low)) continue;
    canvas.box(column(p.intensity) - 5, row(p.speed) - 5, 10, 10, picture::orange);
    const bool at_right = p.intensity > ridge;  // there its name stands before the point, else below the slope
    const int along = at_right ? -24 - 11 * static_cast<int>(p.name.size()) : 16;
    canvas.text(column(p.intensity) + along, row(p.speed) + (at_right ? -8 : 16), p.name, picture::black);
  }
  canvas.frame(area.x, area.y, area.width, area.height, picture::grey);
  canvas.text(area.x, 16, "GFLOP/s by operations for each byte; blue: what the machine can do",
              picture::black);
  canvas.text(area.x + 250, height - 36, "operations for each byte", picture::grey);
  return canvas.write(file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != "--out") {
    std::fprintf(stderr, "usage: 02_ops --out FOLDER\n");
    return 2;
  }
  const Roof roof = measure_roof();
  const std::vector<Point> points = measure_all();
  print(roof, points);
  const std::string file = (std::filesystem::path(argv[2]) / "02_ops.png").string();
  if (!draw(roof, points, file)) {
    std::fprintf(stderr, "%s: cannot be written\n", file.c_str());
    return 1;
  }
  std::printf("\n%s\n", file.c_str());
  const bool all = std::all_of(points.begin(), points.end(), [](auto& p) { return p.speed > 0; });
  return all ? 0 : 1;
}
