// What a graph costs beside the arithmetic: operations on [4, 4] tensors, nanoseconds for each of them.
//   add4x4           forward, recorded: the sum requires a gradient
//   add4x4_no_grad   forward, nothing recorded
//   add4x4_both      forward and backward of a chain of 100 additions, for each addition
//   graph_chain_N    forward and backward of a chain of N products of [1]
//   graph_wide_N     the same number of nodes, all of the same input, added up as a tree
#include <tinytorch/autograd.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  if (report.threads() > 1) return 0;
  Rng rng(1);
  Tensor a = randn({4, 4}, rng);
  const Tensor b = randn({4, 4}, rng);
  report.time("add4x4_no_grad", "ns", 1e9, [&] { bench::keep(a + b); });
  report.time("mul4x4_no_grad", "ns", 1e9, [&] { bench::keep(a * b); });
  a.set_requires_grad(true);
  report.time("add4x4", "ns", 1e9, [&] { bench::keep(a + b); });
  report.time("mul4x4", "ns", 1e9, [&] { bench::keep(a * b); });
  report.time("add4x4_both", "ns", 1e7, [&] {
    Tensor c = a;
    for (int i = 0; i < 100; ++i) c = c + b;
    sum(c).backward();
    a.zero_grad();
  });
  for (const Index n : {1'000, 10'000, 100'000}) {
    Tensor x = full({1}, 0.5f);
    const Tensor k = full({1}, 0.999f);
    x.set_requires_grad(true);
    const double each = 1e9 / static_cast<double>(n);
    report.time("graph_chain_" + std::to_string(n), "ns", each, [&] {
      Tensor y = x;
      for (Index i = 0; i < n; ++i) y = y * k;
      y.backward();
      x.zero_grad();
    });
    report.time("graph_wide_" + std::to_string(n), "ns", each, [&] {
      std::vector<Tensor> terms;
      for (Index i = 0; i < n / 2; ++i) terms.push_back(x * k);
      while (terms.size() > 1) {
        std::vector<Tensor> sums;
        for (std::size_t i = 0; i + 1 < terms.size(); i += 2) {
          sums.push_back(terms[i] + terms[i + 1]);
        }
        if (terms.size() % 2 == 1) sums.push_back(terms.back());
        terms.swap(sums);
      }
      terms[0].backward();
      x.zero_grad();
    });
  }
}
