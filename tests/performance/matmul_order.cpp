// The same sums in two orders: how long do ijk and ikj (02_ops/matmul.hpp) take for square matrices?
//
//   ./tito/tito run tests/performance/matmul_order.cpp --solution --profile release
//   ./tito/tito run tests/performance/matmul_order.cpp --profile release                 with your own loops
//
// Each time is the median of 5 runs of processor time; the two orders take turns, so that what else the machine does
// hits both.
// No threshold and no verdict: the ratio depends on the machine. Did both compute the same numbers? That is checked.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

#include <tinytorch/ops.hpp>

using namespace tinytorch;

namespace {

Matrix matrix_of(const Tensor& t) {
  return {t.data(), t.size(0), t.size(1), t.strides()[0], t.strides()[1]};
}

template <class Work>
double seconds(Work work) {
  const std::clock_t start = std::clock();
  work();
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}

double median(std::array<double, 5> times) {
  std::sort(times.begin(), times.end());
  return times[2];
}

}  // namespace

int main() {
  Rng rng(1);
  std::printf("     n     ijk ms   GFLOP/s     ikj ms   GFLOP/s   ijk / ikj\n");
  for (const Index n : {64, 128, 256, 500, 512}) {
    const Tensor a = randn({n, n}, rng), b = randn({n, n}, rng);
    const Tensor c = zeros({n, n}), d = zeros({n, n});
    std::array<double, 5> ijk{}, ikj{};
    for (std::size_t run = 0; run < ijk.size(); ++run) {
      ijk[run] = seconds([&] { matmul_ijk(matrix_of(a), matrix_of(b), matrix_of(c)); });
      ikj[run] = seconds([&] { matmul_ikj(matrix_of(a), matrix_of(b), matrix_of(d)); });
    }
    double worst = 0;
    for (Index i = 0; i < n * n; ++i) {
      worst = std::max(worst, std::abs(double(c.data()[i]) - double(d.data()[i])));
    }
    if (!(worst < 1e-2)) {
      std::printf("the two orders disagree by %g\n", worst);
      return 1;
    }
    const double flops = 2.0 * double(n) * double(n) * double(n);
    std::printf("%6lld %10.3f %9.2f %10.3f %9.2f %11.1f\n", static_cast<long long>(n),
                median(ijk) * 1e3, flops / median(ijk) * 1e-9, median(ikj) * 1e3,
                flops / median(ikj) * 1e-9, median(ijk) / median(ikj));
  }
}
