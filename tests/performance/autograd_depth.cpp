// Backward through n residual blocks: 2^n ways, 2 n nodes. Work is counted; times are processor time, the best of 20.
//
//   ./tito/tito run tests/performance/autograd_depth.cpp --solution --profile release
//
// The lesson of 03_autograd shows what it prints.
#include <tinytorch/autograd.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
using namespace tinytorch;

double microseconds() { return 1e6 * double(std::clock()) / CLOCKS_PER_SEC; }  // of processor time

int main() {
  std::printf(
      "  blocks      ways    nodes    additions in backward    us a block: forward  backward\n");
  for (const int blocks : {10, 100, 1000, 10000}) {
    Tensor x = ones({16});
    x.set_requires_grad(true);
    double forward = 1e9, backward = 1e9;
    std::size_t nodes = 0;
    Index additions = 0;
    for (int round = 0; round < 20; ++round) {
      x.zero_grad();
      const double start = microseconds();
      Tensor y = x;
      for (int i = 0; i < blocks; ++i) y = y + (-y);
      const double middle = microseconds();
      nodes = topological_order(y.autograd()).size();
      const double again = microseconds();
      FlopCounter counter;
      y.backward(ones({16}));
      backward = std::min(backward, microseconds() - again);
      forward = std::min(forward, middle - start);
      additions = counter.calls("add");
    }
    std::printf("%8d   2^%-6d %7zu %16lld %25.2f %9.2f\n", blocks, blocks, nodes,
                static_cast<long long>(additions), forward / blocks, backward / blocks);
  }
  Tensor a = ones({1}), b = ones({1});
  for (const bool on : {false, true}) {
    a.set_requires_grad(on);
    double best = 1e9;
    for (int round = 0; round < 20; ++round) {
      const double start = microseconds();
      for (int i = 0; i < 10000; ++i) (void)(a + b);
      best = std::min(best, (microseconds() - start) / 10000);
    }
    std::printf("one addition of one number%s: %.2f us\n", on ? ", recorded" : "", best);
  }
}
