// In the Python original a [B, T, C] tensor could not go through Linear: its backward took x.T, which reverses
// three axes, so no transformer ever trained; and attention returned a tensor without a graph, so what did train was
// the head. Here the whole machine: forward, loss, backward, and every parameter gets a gradient that is not zero.
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/transformers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

const IndexTensor ids = index_tensor({1, 2, 3, 4, 5, 5, 4, 3, 2, 1}, {2, 5});
const IndexTensor following = index_tensor({2, 3, 4, 5, 0, 4, 3, 2, 1, 0}, {10});

GPT small_gpt() {
  Rng rng(1);
  return GPT({.vocab_size = 6, .block_size = 5, .n_layer = 2, .n_head = 2, .n_embd = 8}, rng);
}

Tensor loss_of(const GPT& model) { return cross_entropy(model(ids).reshape({10, 6}), following); }

}  // namespace

TEST_CASE("GPT: every parameter gets a gradient of its shape", "[13.8][regression]") {
  const GPT model = small_gpt();
  loss_of(model).backward();
  for (const auto& [name, parameter] : model.named_parameters()) {
    INFO(name);
    REQUIRE(parameter.grad().defined());
    CHECK(parameter.grad().shape() == parameter.shape());
    double size = 0;
    for (const double g : read(parameter.grad()).numbers) size += std::abs(g);
    CHECK(size > 0);
    CHECK(std::isfinite(size));
  }
}

TEST_CASE("GPT: three axes into each Linear give what two axes give", "[13.4][regression]") {
  Rng rng(2);
  const FeedForward layer(4, rng);
  const Tensor x = randn({2, 3, 4}, rng), g = randn({2, 3, 4}, rng);
  sum(layer(x) * g).backward();
  const Values three = read(layer.c_fc.weight.grad());
  layer.zero_grad();
  sum(layer(x.reshape({6, 4})) * g.reshape({6, 4})).backward();
  CHECK_TENSOR(layer.c_fc.weight.grad(), three);
}

TEST_CASE("GPT: learns a text by heart", "[13.8][regression]") {
  const GPT model = small_gpt();
  AdamW optimizer(model.parameters(), {.lr = 2e-2});
  for (int step = 0; step < 30; ++step) {
    optimizer.zero_grad();
    loss_of(model).backward();
    optimizer.step();
  }
  CHECK(double(loss_of(model).item()) < 0.4);  // log(6) = 1.79 at first
}
