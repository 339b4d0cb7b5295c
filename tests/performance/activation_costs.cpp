// What activations keep and compute (counted) and take (timed, on one machine): [500, 500] numbers.
//
//   ./tito/tito run tests/performance/activation_costs.cpp --solution --profile release
//
// The lesson of 04_activations shows what it prints.
#include <tinytorch/activations.hpp>

#include <cstdio>

#include "fastest.hpp"

using namespace tinytorch;

constexpr Index rows = 500;  // not 512: strides of a power of two make some caches useless
constexpr double numbers = static_cast<double>(rows * rows);

/// The best of 40 calls, in nanoseconds for each number of the result.
template <class F>
double best_time(F f) {
  return bench::fastest(40, f) * 1e9 / numbers;
}

template <class F>
void show(const char* name, F f) {
  Rng rng(4);
  Tensor x = randn({rows, rows}, rng);
  x.set_requires_grad(true);
  const Tensor bias = zeros({rows, rows});
  const auto before = memory::stats().live_bytes;
  FlopCounter forward;
  const Tensor y = f(x + bias);  // an addition keeps nothing: what is alive now, f keeps
  const double kept = static_cast<double>(memory::stats().live_bytes - before);
  const Index there = forward.total() - rows * rows;
  FlopCounter backward;
  y.backward(ones({rows, rows}));
  const Index back = backward.total();
  const Tensor plain = x.detach();
  const double ns = best_time([&] { (void)f(plain); });
  const Tensor seed = ones({rows, rows});
  const double both = best_time([&] {
    x.zero_grad();
    f(x).backward(seed);
  });
  std::printf("%-24s %5.1f bytes  %4.1f flops forward %5.1f back   %6.2f ns  %6.2f ns\n", name,
              kept / numbers, static_cast<double>(there) / numbers,
              static_cast<double>(back) / numbers, ns, both);
}

int main() {
  std::printf(
      "for each number of x          kept        counted                   forward   and back\n");
  show("x * x", [](const Tensor& x) { return x * x; });
  show("exp", [](const Tensor& x) { return exp(x); });
  show("relu", [](const Tensor& x) { return relu(x); });
  show("leaky_relu", [](const Tensor& x) { return leaky_relu(x); });
  show("tanh", [](const Tensor& x) { return tanh(x); });
  show("sigmoid", [](const Tensor& x) { return sigmoid(x); });
  show("silu", [](const Tensor& x) { return silu(x); });
  show("x * sigmoid(x)", [](const Tensor& x) { return x * sigmoid(x); });
  show("gelu", [](const Tensor& x) { return gelu(x); });
  show("gelu, tanh form", [](const Tensor& x) { return gelu(x, {.tanh_approximation = true}); });
  show("softmax, last axis", [](const Tensor& x) { return softmax(x, 1); });
  show("softmax, first axis", [](const Tensor& x) { return softmax(x, 0); });
  show("softmax of operations", [](const Tensor& x) {
    const Tensor e = exp(x - max(x, 1, true));
    return e / sum(e, 1, true);
  });
  show("log_softmax", [](const Tensor& x) { return log_softmax(x, 1); });
  show("log(softmax)", [](const Tensor& x) { return log(softmax(x, 1)); });
}
