// 03_autograd / graph.hpp: what is recorded while you compute, what is kept for backward, and when nothing is.
//
// A derivative rule is not needed to record: only 03.1 is.
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

/// Hands back the very tensor that it was given.
struct Same : Primitive {
  const char* name() const override { return "same"; }
  Tensor forward(Inputs in) const override { return in[0]; }
};

}  // namespace

TEST_CASE("record: a result knows the operation and the inputs it came from", "[03.1][core]") {
  const Tensor x = leaf({2, 3}), w = leaf({5, 7});
  const Tensor y = x * w;
  REQUIRE(y.requires_grad());
  CHECK_FALSE(y.is_leaf());
  CHECK(x.is_leaf());
  const AutogradMeta& node = *y.autograd();
  CHECK(std::string(node.op->name()) == "mul");
  REQUIRE(node.inputs.size() == 2);
  CHECK(node.inputs[0].autograd() == x.autograd());  // the way back
  CHECK(node.inputs[1].autograd() == w.autograd());
  CHECK_TENSOR(node.inputs[1], values({5, 7}, {2}));  // mul's rule will read both
  const Tensor z = y.slice(0, 1, 2);
  CHECK(z.autograd()->inputs.at(0).autograd() == y.autograd());
  CHECK(static_cast<const Slice&>(*z.autograd()->op).start == 1);  // the attributes are kept, too
}

TEST_CASE("record: one input that requires grad is enough and none is too few", "[03.1][systems]") {
  const Tensor a = tensor({1, 2}), b = tensor({3, 4});
  const Tensor x = leaf({5, 6});
  const Index before = graph_node_count();
  const Tensor c = tanh(a * b + a).slice(0, 0, 1);
  CHECK(graph_node_count() == before);
  CHECK_FALSE(c.requires_grad());
  CHECK(c.autograd() == nullptr);
  const Tensor first = x * a, second = a * x;  // which operand it is does not matter
  CHECK(first.requires_grad());
  CHECK(second.requires_grad());
  CHECK(graph_node_count() == before + 2);
  Tensor off = leaf({1, 1});
  off.set_requires_grad(false);
  CHECK_FALSE((off * a).requires_grad());  // it has a meta, but wants no gradient
}

TEST_CASE("record: nothing under NoGrad and again after it", "[03.1][systems]") {
  const Tensor x = leaf({1, 2});
  const Index before = graph_node_count();
  {
    const NoGrad no_grad;
    const Tensor y = exp(x * x);
    CHECK_FALSE(y.requires_grad());
    CHECK(graph_node_count() == before);
    {
      const GradMode on(true);
      CHECK(exp(x).requires_grad());
    }
    CHECK_FALSE(exp(x).requires_grad());  // the inner scope restored what it found
  }
  try {
    const NoGrad no_grad;
    (void)(x + tensor({1, 2, 3}));
  } catch (const ShapeError&) {
  }
  CHECK(grad_enabled());  // also when an exception ended the scope
  CHECK(exp(x).requires_grad());
}

TEST_CASE("record: a comparison is constant wherever it is smooth", "[03.1][edge]") {
  const Tensor x = leaf({-1, 2});
  const Index before = graph_node_count();
  const Tensor mask = gt(x, scalar(0)), signs = sign(x);
  CHECK_FALSE(mask.requires_grad());
  CHECK_FALSE(signs.requires_grad());
  CHECK(graph_node_count() == before);
  CHECK((x * mask).requires_grad());  // x still does
}

TEST_CASE("record: every operation of the modules before keeps the way back", "[03.1][property]") {
  const Tensor x = leaf({1, 2, 3, 4, 5, 6}).reshape({2, 3});
  const Tensor one = scalar(1), y = ones({3, 2});
  const std::vector<Tensor> results = {x + one,
                                       one - x,
                                       -x,
                                       x * one,
                                       one / x,
                                       exp(x),
                                       log(x),
                                       sqrt(x),
                                       tanh(x),
                                       pow(x, 2),
                                       abs(x),
                                       maximum(x, one),
                                       minimum(one, x),
                                       where(one, x, one),
                                       sum(x),
                                       sum(x, 1),
                                       mean(x),
                                       mean(x, 0),
                                       var(x),
                                       max(x),
                                       max(x, 1),
                                       min(x, 0),
                                       matmul(x, y),
                                       matmul(y, x),
                                       matmul(x, tensor({1, 2, 3})),
                                       cat({x, x}),
                                       cat({ones({1, 3}), x}),
                                       stack({x, x}),
                                       x.permute({1, 0}),
                                       x.transpose(0, 1),
                                       x.slice(1, 1, 3),
                                       x.select(0, 1),
                                       x.unsqueeze(0),
                                       x.unsqueeze(0).squeeze(0),
                                       x.expand({4, 2, 3}),
                                       x.view({6}),
                                       x.reshape({3, 2}),
                                       x.transpose(0, 1).reshape({6}),
                                       x.flatten(),
                                       x.clone(),
                                       x.transpose(0, 1).contiguous()};
  for (std::size_t i = 0; i < results.size(); ++i) {
    CAPTURE(i);
    CHECK(results[i].requires_grad());
    CHECK_FALSE(results[i].is_leaf());
  }
}

TEST_CASE("record: numbers stay in memory only where the rule reads them", "[03.1][systems]") {
  const Tensor x = leaf(std::vector<real>(1000, 1));
  const auto kept_by = [&](auto step) {
    const std::uint64_t before = memory::stats().live_bytes;
    Tensor y = step(x);
    for (int i = 1; i < 10; ++i) y = step(y);
    return (memory::stats().live_bytes - before) / (1000 * sizeof(real));  // in tensors of 1000
  };
  const Tensor w = full({1000}, 2);
  CHECK(kept_by([&](const Tensor& t) { return t + w; }) == 1);  // only the last result lives
  CHECK(kept_by([](const Tensor& t) { return -t; }) == 1);
  CHECK(kept_by([](const Tensor& t) { return tanh(t); }) == 10);  // each result is read again
  CHECK(kept_by([&](const Tensor& t) { return t * w; }) ==
        10);  // the inputs: 9 results, and the last
  CHECK(kept_by([](const Tensor& t) {
          return t.reshape({10, 100}).reshape({1000});
        }) == 0);  // views of x
}

TEST_CASE("record: a graph goes when its last tensor goes", "[03.1][systems]") {
  const Tensor x = leaf({1, 2, 3});
  const Index nodes = graph_node_count();
  const std::uint64_t bytes = memory::stats().live_bytes;
  {
    const Tensor y = exp(tanh(x) * x) / sqrt(x);  // exp, tanh and sqrt keep their own results
    CHECK(graph_node_count() == nodes + 5);
    CHECK(memory::stats().live_bytes > bytes);
  }
  CHECK(graph_node_count() == nodes);
  CHECK(memory::stats().live_bytes == bytes);
}

TEST_CASE("record: an operation that hands back its input makes a new tensor", "[03.1][edge]") {
  const Tensor x = leaf({1, 2});
  const Tensor y = apply(Same{}, {x});
  CHECK(x.is_leaf());
  CHECK_FALSE(y.is_leaf());
  CHECK(y.shares_storage_with(x));
  REQUIRE(y.autograd() != x.autograd());
  CHECK(y.autograd()->inputs.at(0).autograd() == x.autograd());
}

TEST_CASE("detach: the same numbers without the way back", "[03.1][core]") {
  const Tensor x = leaf({1, 2});
  const Tensor y = x * x;
  const Tensor d = y.detach();
  CHECK(d.shares_storage_with(y));
  CHECK_FALSE(d.requires_grad());
  CHECK(d.is_leaf());
  CHECK_FALSE((d + d).requires_grad());
  CHECK(y.requires_grad());  // y itself stays where it was
  CHECK((y * d).requires_grad());
}

TEST_CASE("requires_grad: is decided at a leaf and inherited by results", "[03.1][errors]") {
  const Tensor x = leaf({1, 2});
  Tensor y = tanh(x);
  CHECK_THROWS_AS(y.set_requires_grad(false), AutogradError);
  CHECK_THROWS_WITH(y.set_requires_grad(false),
                    contains("expects a leaf, got the result of 'tanh'"));
  y.set_requires_grad(true);  // it does already
  CHECK_FALSE(y.is_leaf());
  Tensor d = y.detach();
  d.set_requires_grad(true);  // a leaf of its own
  CHECK(d.is_leaf());
  CHECK((d * d).autograd()->inputs.at(0).autograd() != y.autograd());
}
