// What activations keep, count and record: never the clock.
#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr Index count = 1000;
constexpr auto one_tensor = static_cast<std::uint64_t>(count) * sizeof(real);

using Function = Tensor (*)(const Tensor&);

/// Bytes that live on because of y = f(x + b) once x + b itself has gone out of scope: y included.
std::uint64_t bytes_kept(Function f) {
  Tensor x = full({10, 100}, 0.5f);
  x.set_requires_grad(true);
  const Tensor b = ones({100});
  const auto before = memory::stats().live_bytes;
  const Tensor y = f(x + b);  // + keeps no numbers
  return memory::stats().live_bytes - before;
}

/// Floating-point operations of f on a [10, 100] tensor, and of its rule.
std::pair<Index, Index> flops(Function f) {
  Tensor x = full({10, 100}, 0.5f);
  x.set_requires_grad(true);
  FlopCounter forward;
  const Tensor y = f(x);
  const Index there = forward.total();
  FlopCounter backward;
  y.backward(ones({10, 100}));
  return {there, backward.total()};
}

Tensor softmax_rows(const Tensor& x) { return softmax(x, 1); }
Tensor log_softmax_rows(const Tensor& x) { return log_softmax(x, 1); }
Tensor leaky(const Tensor& x) { return leaky_relu(x); }
Tensor gelu_exact(const Tensor& x) { return gelu(x); }
Tensor gelu_tanh(const Tensor& x) { return gelu(x, {.tanh_approximation = true}); }
Tensor silu_by_hand(const Tensor& x) { return x * sigmoid(x); }
Tensor softmax_by_hand(const Tensor& x) {
  const Tensor e = exp(x - max(x, 1, true));
  return e / sum(e, 1, true);
}

}  // namespace

TEST_CASE("costs: relu keeps its result and not its input", "[04.1][04.2][systems]") {
  CHECK(bytes_kept(relu) == one_tensor);
  CHECK(flops(relu) ==
        std::pair<Index, Index>(count, 2 * count));  // a comparison and a choice back
}

TEST_CASE("costs: leaky_relu keeps its result and not its input", "[04.3][systems]") {
  CHECK(bytes_kept(leaky) == one_tensor);
  CHECK(flops(leaky).first == 2 * count);
  CHECK(flops(leaky).second == 3 * count);
}

TEST_CASE("costs: sigmoid keeps its result and not its input", "[04.4][04.5][systems]") {
  CHECK(bytes_kept(sigmoid) == one_tensor);
  CHECK(flops(sigmoid).first == 4 * count);
}

TEST_CASE("costs: silu keeps its input, half of what x times sigmoid keeps",
          "[04.4][04.6][systems]") {
  CHECK(bytes_kept(silu) == 2 * one_tensor);          // the input, and y, which we hold
  CHECK(bytes_kept(silu_by_hand) == 3 * one_tensor);  // and the sigmoid
  CHECK(flops(silu).first == 5 * count);
}

TEST_CASE("costs: gelu keeps its input", "[04.7][04.8][systems]") {
  CHECK(bytes_kept(gelu_exact) == 2 * one_tensor);
  CHECK(flops(gelu_exact).first == 4 * count);
  CHECK(flops(gelu_exact).second > 4 * count);  // the gate and the bell curve once more
}

TEST_CASE("costs: the tanh form of gelu keeps its input", "[04.9][04.10][systems]") {
  CHECK(bytes_kept(gelu_tanh) == 2 * one_tensor);
  CHECK(flops(gelu_tanh).first == 9 * count);
}

TEST_CASE("costs: softmax is one node that keeps its result", "[04.11][04.12][systems]") {
  CHECK(bytes_kept(softmax_rows) == one_tensor);
  CHECK(bytes_kept(softmax_by_hand) > 3 * one_tensor);  // the input, e and the quotient
  // Forward 5 a number; back g * y, their sum, a subtraction, a product.
  CHECK(flops(softmax_rows) == std::pair<Index, Index>(5 * count, 4 * count));
}

TEST_CASE("costs: log_softmax counts one logarithm a line", "[04.13][04.14][systems]") {
  CHECK(bytes_kept(log_softmax_rows) == one_tensor);
  CHECK(flops(log_softmax_rows).first == 5 * count + 10);
  CHECK(flops(log_softmax_rows).second == 4 * count);  // exp, sum, product, subtraction
}

TEST_CASE("costs: each activation is one storage and one node",
          "[04.1][04.4][04.7][04.11][systems]") {
  for (const Function f :
       {Function(relu), Function(leaky), Function(sigmoid), Function(silu), Function(gelu_exact),
        Function(softmax_rows), Function(log_softmax_rows)}) {
    Tensor x = ones({4, 4});
    x.set_requires_grad(true);
    const Index nodes = graph_node_count();
    const auto storages = memory::stats().allocations;
    const Tensor y = f(x);
    CHECK(memory::stats().allocations - storages == 1);
    CHECK(graph_node_count() - nodes == 1);
  }
}

TEST_CASE("costs: nothing is recorded without a gradient", "[04.1][04.11][systems]") {
  Tensor x = ones({4, 4});
  x.set_requires_grad(true);
  const NoGrad off;
  const Index nodes = graph_node_count();
  const Tensor y = softmax(relu(x), 1);
  CHECK(graph_node_count() == nodes);
  CHECK_FALSE(y.requires_grad());
}

TEST_CASE("costs: changing the kept result in place is found out", "[04.1][04.2][errors]") {
  Tensor x = tensor({-1, 2});
  x.set_requires_grad(true);
  const Tensor y = relu(x);
  {
    const NoGrad off;
    y.detach().fill_(7);
  }
  CHECK_THROWS_WITH(sum(y).backward(), contains("the result of 'relu' was changed in place"));
}
