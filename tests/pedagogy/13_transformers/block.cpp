// The feed-forward layer and the block: what is added to what.
#include <tinytorch/transformers.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor of(const Values& v) {
  return tensor(std::vector<real>(v.numbers.begin(), v.numbers.end()), v.shape);
}

/// The formula of tests/oracles/13_transformers.py.
void fill(Tensor t, Index k) {
  const NoGrad no_grad;
  for (Index i = 0; i < t.numel(); ++i) {
    t.data()[i] = static_cast<real>((7 * i + 5 * k) % 11 - 5) / 16;
  }
}

}  // namespace

TEST_CASE("FeedForward: PyTorch's numbers with the tanh form of gelu", "[13.4][core]") {
  Rng rng(1);
  const FeedForward layer(4, rng, {.hidden = 8});
  Index k = 1;
  for (const Tensor& p : layer.parameters()) fill(p, k++);
  const Tensor x = of(golden::rms_x()) * 4;
  // with erf in place of tanh the numbers differ by up to 0.0005
  CHECK_TENSOR(layer(x), golden::feed_forward_y());
}

TEST_CASE("FeedForward: four times as wide unless told otherwise", "[13.4][core]") {
  Rng rng(1);
  const FeedForward layer(6, rng);
  CHECK_SHAPE(layer.c_fc.weight, {24, 6});
  CHECK_SHAPE(layer(zeros({2, 3, 6})), {2, 3, 6});
  CHECK_THROWS_WITH(FeedForward(6, rng, {.hidden = -1}), contains("hidden -1"));
}

TEST_CASE("FeedForward: drops its result while training only", "[13.4][core]") {
  Rng rng(1);
  const FeedForward layer(4, rng, {.dropout = 1});
  const Tensor x = ones({2, 4});
  CHECK_TENSOR(layer(x), values({0, 0, 0, 0, 0, 0, 0, 0}, {2, 4}));
  layer.eval();
  CHECK(double(sum(abs(layer(x))).item()) > 0.01);
}

TEST_CASE("FeedForward: each token thinks for itself", "[13.4][property]") {
  Rng rng(2);
  const FeedForward layer(4, rng);
  const Tensor x = randn({1, 3, 4}, rng), whole = layer(x);
  for (Index t = 0; t < 3; ++t) {
    const Tensor alone = layer(x.slice(1, t, t + 1));
    CHECK_TENSOR(alone, read(whole.slice(1, t, t + 1)));
  }
}

TEST_CASE("TransformerBlock: a silent attention and a silent mlp leave the stream as it is",
          "[13.5][core]") {
  Rng rng(3);
  const TransformerBlock block(4, 2, rng);
  {
    const NoGrad no_grad;
    for (Tensor t : {block.attn.c_proj.weight, block.attn.c_proj.bias, block.mlp.c_proj.weight,
                     block.mlp.c_proj.bias}) {
      t.mul_(0);
    }
  }
  const Tensor x = randn({2, 3, 4}, rng) * 10;
  CHECK_TENSOR(block(x), read(x));  // normed on the way, it would come out small
}

TEST_CASE("TransformerBlock: mlp hears what attention said", "[13.5][core]") {
  // attention adds the same vector to every token (its c_proj has only a bias), and the mlp must see it
  Rng rng(4);
  const TransformerBlock block(2, 1, rng);
  const Tensor x = tensor({1, 3, 3, 1}, {1, 2, 2});
  {
    const NoGrad no_grad;
    Tensor weight = block.attn.c_proj.weight, bias = block.attn.c_proj.bias;
    weight.mul_(0);
    bias.copy_(tensor({0, -4}, {2}));  // [1, 3] becomes [1, -1], [3, 1] becomes [3, -3]
  }
  const Tensor heard = tensor({1, -1, 3, -3}, {1, 2, 2});
  const Tensor normal = tensor({1, -1, 1, -1}, {1, 2, 2});
  CHECK_TENSOR_NEAR(block(x), read(heard + block.mlp(normal)), 1e-4);
}

TEST_CASE("TransformerBlock: no token hears a later one", "[13.5][property]") {
  Rng rng(5);
  const TransformerBlock block(8, 2, rng);
  const Tensor x = randn({1, 5, 8}, rng), y = block(x);
  Tensor changed = x.clone();
  for (Index c = 0; c < 8; ++c) changed.set({0, 3, c}, real(c));
  const Tensor z = block(changed);
  CHECK_TENSOR(z.slice(1, 0, 3), read(y.slice(1, 0, 3)));
  CHECK(double(sum(abs(z.slice(1, 4, 5) - y.slice(1, 4, 5))).item()) > 1e-3);
}

TEST_CASE("TransformerBlock: dropout reaches what attention adds", "[13.5][edge]") {
  Rng rng(6);
  const TransformerBlock block(4, 2, rng, {.dropout = 0.9});
  const Tensor x = randn({1, 2, 4}, rng);
  block.eval();
  const Tensor still = block(x);
  CHECK_TENSOR(block(x), read(still));
  block.train();
  CHECK(double(sum(abs(block(x) - block(x))).item()) > 1e-4);
}

TEST_CASE("TransformerBlock: the sizes that the lesson names", "[13.5][systems]") {
  Rng rng(7);
  const TransformerBlock block(64, 4, rng);
  CHECK(block.parameter_count() == 12 * 64 * 64 + 13 * 64);
  CHECK(block.parameter_count() == 49984);
  const NoGrad no_grad;
  FlopCounter counter;
  (void)block(zeros({1, 8, 64}));
  // 24 C^2 a token in four matrices, and 4 T C a token for looking at T = 8 tokens
  CHECK(counter.of("matmul") >= 8 * (24 * 64 * 64));
  CHECK(counter.of("matmul") <= 8 * (24 * 64 * 64 + 4 * 8 * 64));
}
