// Products of square matrices, step by step: ijk, ikj, packed tiles (02_ops/gemm.hpp), and matmul, which chooses.
// `limit` is what the processor can multiply and add at best, in registers alone; see
// ../harness.hpp.
#include <tinytorch/ops.hpp>

#include "../harness.hpp"
#include "../peak.hpp"

using namespace tinytorch;

namespace {

Matrix matrix_of(const Tensor& t) {
  return {t.data(), t.size(0), t.size(1), t.strides()[0], t.strides()[1]};
}

}  // namespace

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  if (report.threads() == 1) {
    constexpr long rounds = 100'000;
    const double operations = peak::multiply_add(rounds);
    report.rate("gemm_limit", "GFLOP/s", 1e-9 * operations,
                [&] { bench::keep(peak::multiply_add(rounds)); }, "limit");
  }
  for (const Index n : {64, 128, 256, 512, 1024}) {
    Rng rng(1);
    const Tensor a = randn({n, n}, rng), b = randn({n, n}, rng), c = zeros({n, n});
    const double work = 2e-9 * static_cast<double>(n * n * n);
    const std::string name = "gemm_" + std::to_string(n);
    const auto step = [&](const char* impl, auto multiply) {
      report.rate(name, "GFLOP/s", work, [&] { multiply(matrix_of(a), matrix_of(b), matrix_of(c)); },
                  impl);
    };
    if (report.threads() == 1 && n <= 512) step("ijk", matmul_ijk);
    if (report.threads() == 1 && n <= 512) step("ikj", matmul_ikj);
    report.rate(name, "GFLOP/s", work, [&] { bench::keep(matmul(a, b)); });
    const std::string turned = "gemm_transposed_" + std::to_string(n);
    report.rate(turned, "GFLOP/s", work, [&] { bench::keep(matmul(a.transpose(0, 1), b)); });
  }
}
