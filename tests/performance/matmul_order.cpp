// The same sums in three ways: how long do ijk, ikj (02_ops/matmul.hpp) and packed tiles (02_ops/gemm.hpp) take for
// square matrices?
//
//   ./tito/tito run tests/performance/matmul_order.cpp --solution --profile release
//   ./tito/tito run tests/performance/matmul_order.cpp --profile release                 with your own loops
//
// Each time is the median of 5 runs of processor time; they take turns, so that what else the machine does
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
  std::printf("     n     ijk ms   GFLOP/s     ikj ms   GFLOP/s    gemm ms   GFLOP/s   ijk / ikj  ikj / gemm\n");
  for (const Index n : {64, 128, 256, 500, 512}) {
    const Tensor a = randn({n, n}, rng), b = randn({n, n}, rng);
    const Tensor c = zeros({n, n}), d = zeros({n, n}), e = zeros({n, n});
    std::array<double, 5> ijk{}, ikj{}, packed{};
    for (std::size_t run = 0; run < ijk.size(); ++run) {
      ijk[run] = seconds([&] { matmul_ijk(matrix_of(a), matrix_of(b), matrix_of(c)); });
      ikj[run] = seconds([&] { matmul_ikj(matrix_of(a), matrix_of(b), matrix_of(d)); });
      packed[run] = seconds([&] { gemm(matrix_of(a), matrix_of(b), matrix_of(e)); });
    }
    double worst = 0;
    for (Index i = 0; i < n * n; ++i) {
      worst = std::max(worst, std::abs(double(c.data()[i]) - double(d.data()[i])));
      worst = std::max(worst, std::abs(double(c.data()[i]) - double(e.data()[i])));
    }
    if (!(worst < 1e-2)) {
      std::printf("they disagree by %g\n", worst);
      return 1;
    }
    const double flops = 2.0 * double(n) * double(n) * double(n);
    const auto speed = [&](double time) { return flops / time * 1e-9; };
    std::printf("%6lld %10.3f %9.2f %10.3f %9.2f %10.3f %9.2f %11.1f %11.1f\n",
                static_cast<long long>(n), median(ijk) * 1e3, speed(median(ijk)), median(ikj) * 1e3,
                speed(median(ikj)), median(packed) * 1e3, speed(median(packed)),
                median(ijk) / median(ikj), median(ikj) / median(packed));
  }
}
