// 03_autograd / checkpoint.hpp: keep only what goes into a block, and compute the block again on the way back.
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(const std::vector<real>& numbers) {
  Tensor t = tensor(numbers);
  t.set_requires_grad(true);
  return t;
}

}  // namespace

TEST_CASE("checkpoint: the gradient of an input is that of the block", "[03.23][core]") {
  const Tensor x = leaf({1, 2, 3});
  const Tensor y = checkpoint([](Inputs in) { return in[0] * in[0] * in[0]; }, {x});
  CHECK_TENSOR(y, values({1, 8, 27}, {3}));
  y.backward(tensor({1, 10, 100}));
  CHECK_TENSOR(x.grad(), values({3, 120, 2700}, {3}));  // 3 x^2 times 1, 10, 100
}

TEST_CASE("checkpoint: weights that the block captured get theirs", "[03.23][core]") {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4});
  const Tensor h = x * 2;  // not a leaf: the way goes on behind the block
  const Tensor y = checkpoint([w](Inputs in) { return in[0] * w * w; }, {h});
  sum(y).backward();
  CHECK_TENSOR(x.grad(), values({18, 32}, {2}));  // 2 w^2
  CHECK_TENSOR(w.grad(), values({12, 32}, {2}));  // 2 h w with h = 2, 4
  sum(checkpoint([w](Inputs in) { return in[0] * w; }, {x})).backward();
  CHECK_TENSOR(w.grad(), values({13, 34}, {2}));  // added to what was there
}

TEST_CASE("checkpoint: several inputs and one of them twice and one that is a constant",
          "[03.23][edge]") {
  const Tensor x = leaf({2, 3}), c = tensor({10, 20}), unused = leaf({1, 1});
  const auto block = [](Inputs in) { return in[0] * in[1] * in[2]; };
  sum(checkpoint(block, {x, c, x, unused})).backward();
  CHECK_TENSOR(x.grad(), values({40, 120}, {2}));  // 2 c x
  CHECK_FALSE(c.grad().defined());
  CHECK_FALSE(c.requires_grad());
  CHECK_FALSE(unused.grad().defined());
}

TEST_CASE("checkpoint: a block that ignores its inputs sends nothing back", "[03.23][edge]") {
  const Tensor x = leaf({1, 2});
  const Tensor y = checkpoint([](Inputs) { return ones({2}); }, {x}) + x;
  sum(y).backward();
  CHECK_TENSOR(x.grad(), values({1, 1}, {2}));
}

TEST_CASE("checkpoint: one inside another", "[03.23][edge]") {
  const Tensor x = leaf({2});
  const auto inner = [](Inputs in) { return in[0] * in[0]; };
  const auto outer = [&](Inputs in) {
    const Tensor square = checkpoint(inner, {in[0]});
    return square * square;
  };
  sum(checkpoint(outer, {x})).backward();
  CHECK_TENSOR(x.grad(), values({32}, {1}));  // x^4: 4 * 8
}

TEST_CASE("checkpoint: keeps the inputs only and computes the block twice", "[03.23][systems]") {
  const std::uint64_t tensor_bytes = 1000 * sizeof(real);
  const Tensor x = leaf(std::vector<real>(1000, real(0.5)));
  int runs = 0;
  const auto block = [&runs](Inputs in) {
    ++runs;
    Tensor t = in[0];
    for (int i = 0; i < 20; ++i) t = tanh(t);
    return t;
  };
  const std::uint64_t before = memory::stats().live_bytes;
  const Index nodes = graph_node_count();
  const Tensor y = checkpoint(block, {x});
  CHECK(memory::stats().live_bytes - before ==
        tensor_bytes);  // y; without a checkpoint it would be 20
  CHECK(graph_node_count() - nodes == 1);
  const Tensor loss = sum(y);
  loss.backward();
  CHECK(runs == 2);
  CHECK(graph_node_count() - nodes == 2);  // y and loss: what was recorded on the way back is gone
  CHECK_FALSE(x.grad().requires_grad());
  const Tensor z = leaf(std::vector<real>(1000, real(0.5)));
  sum(block(std::vector<Tensor>{z})).backward();  // the same without a checkpoint
  CHECK_TENSOR(x.grad(), read(z.grad()));
}

TEST_CASE("checkpoint: the way back costs one forward more and nothing else", "[03.23][systems]") {
  const auto block = [](Inputs in) { return tanh(tanh(tanh(in[0]))); };
  const auto allocated = [] { return memory::stats().allocated_bytes; };
  const Tensor x = leaf({1, 2, 3}), z = leaf({1, 2, 3}), g = ones({3});
  const std::uint64_t start = allocated();
  const Tensor y = block(std::vector<Tensor>{x});
  const std::uint64_t forward = allocated() - start;
  y.backward(g);
  const std::uint64_t back = allocated() - start - forward;
  const Tensor again = checkpoint(block, {z});
  const std::uint64_t before = allocated();
  again.backward(g);
  // A grad() of its own for each step inside, or for the copy of the input, would show here.
  CHECK(allocated() - before == forward + back);
}

TEST_CASE("checkpoint: computes no gradient for an input that wants none", "[03.23][systems]") {
  const Tensor data = ones({4, 8});
  Tensor w = ones({8, 2});
  w.set_requires_grad(true);
  const Tensor y = checkpoint([](Inputs in) { return matmul(in[0], in[1]); }, {data, w});
  FlopCounter counter;
  y.backward(ones({4, 2}));
  CHECK(counter.of("matmul") ==
        2 * 128);  // once more forward, and w's gradient: 2 * 4 * 8 * 2 each
  CHECK_TENSOR(w.grad().select(0, 0), values({4, 4}, {2}));
}

TEST_CASE("checkpoint: refuses what it would get wrong in silence", "[03.23][errors]") {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4}), c = tensor({5, 6});
  const auto block = [w](Inputs in) { return in[0] * w; };
  CHECK_THROWS_AS(checkpoint(block, {c}), AutogradError);  // w would lose its gradient
  CHECK_THROWS_WITH(checkpoint(block, {c}), contains("expects an input that requires grad"));
  {
    const NoGrad no_grad;
    CHECK_TENSOR(checkpoint(block, {c}), values({15, 24}, {2}));  // nothing to lose here
  }
  CHECK_THROWS_WITH(grad(sum(checkpoint(block, {x})), {x}, true),
                    contains("has no second derivative"));
  sum(checkpoint(block, {x})).backward();
  CHECK_TENSOR(x.grad(), values({3, 4}, {2}));
}

// The first reference refused this: the inner checkpoint did not know that nobody records.
TEST_CASE("checkpoint: one that feeds another inside a third", "[03.23][edge]") {
  Tensor x = tensor({2});
  x.set_requires_grad(true);
  const auto square = [](Inputs in) { return in[0] * in[0]; };
  const auto twice = [&](Inputs in) { return checkpoint(square, {checkpoint(square, {in[0]})}); };
  sum(checkpoint(twice, {x})).backward();
  CHECK_TENSOR(x.grad(), values({32}, {1}));  // x^4 at 2: 4 * 8
}
