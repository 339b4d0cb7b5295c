// What operations cost, counted and not timed: bytes of tensor storage, allocations, floating-point operations.
//
//   ./tito/tito run tests/performance/ops_costs.cpp --solution
//
// The lesson of 02_ops shows what it prints.
#include <cstdio>
#include <string>

#include <tinytorch/ops.hpp>

using namespace tinytorch;

namespace {

/// Runs `work` and prints what it allocated, the highest extra memory meanwhile, and its flops.
template <class Work>
void count(const std::string& what, Work work) {
  memory::reset_peak();
  const memory::Stats before = memory::stats();
  FlopCounter counter;
  work();
  const memory::Stats after = memory::stats();
  std::printf("%-50s %6llu %12llu %12llu %13lld\n", what.c_str(),
              static_cast<unsigned long long>(after.allocations - before.allocations),
              static_cast<unsigned long long>(after.allocated_bytes - before.allocated_bytes),
              static_cast<unsigned long long>(after.peak_bytes - before.live_bytes),
              static_cast<long long>(counter.total()));
}

}  // namespace

int main() {
  const Tensor x = ones({1000, 1000}), row = ones({1000}), column = ones({1000, 1});
  std::printf("%-50s %6s %12s %12s %13s\n", "", "allocs", "bytes", "peak bytes", "flops");
  count("x + row                 [1000, 1000] + [1000]", [&] { (void)(x + row); });
  count("column + row            [1000, 1] + [1000]", [&] { (void)(column + row); });
  count("x * 2 + 1               [1000, 1000]", [&] { (void)(x * 2 + 1); });
  count("sum(x, 1)               [1000, 1000]", [&] { (void)sum(x, 1); });
  count("sum(x transposed, 1)    [1000, 1000]", [&] { (void)sum(x.transpose(0, 1), 1); });
  count("x - mean(x, 1, true)    [1000, 1000]", [&] { (void)(x - mean(x, 1, true)); });
  count("var(x, 1)               [1000, 1000]", [&] { (void)var(x, 1); });
  for (const Index n : {64, 128, 256}) {
    const Tensor a = ones({n, n});
    const std::string size = to_string(a.shape());
    count("a + a                   " + size, [&] { (void)(a + a); });
    count("matmul(a, a)            " + size, [&] { (void)matmul(a, a); });
    count("matmul(a, a transposed) " + size, [&] { (void)matmul(a, a.transpose(0, 1)); });
  }
  const Tensor heads = ones({8, 4, 16, 32}), weight = ones({32, 64});
  count("matmul                  [8, 4, 16, 32] x [32, 64]", [&] { (void)matmul(heads, weight); });
}
