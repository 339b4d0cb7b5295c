// Products of square matrices by OpenBLAS (Debian: libopenblas-dev); the harness and the names of ../workloads/02_gemm.cpp.
// flags: -lopenblas
#include <cblas.h>

#include "../harness.hpp"

extern "C" void openblas_set_num_threads(int);

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  openblas_set_num_threads(report.threads());
  for (const int n : {64, 128, 256, 512, 1024}) {
    const auto count = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
    const std::vector<float> a(count, 0.5f), b(count, 0.25f);
    std::vector<float> c(count);
    report.rate("gemm_" + std::to_string(n), "GFLOP/s", 2e-9 * n * n * n, [&] {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n,
                  0, c.data(), n);
      bench::keep(c);
    });
  }
}
