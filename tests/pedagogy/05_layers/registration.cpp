// What a module remembers: parameters, buffers and children under their names, shared by all copies.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The registering functions, opened for tests.
struct Open : Module {
  using Module::buffer;
  using Module::child;
  using Module::generator;
  using Module::parameter;
};

struct Pair : Module {
  const Tensor weight = parameter("weight", ones({2, 3}));
  const Tensor bias = parameter("bias", ones({3}));
  const Tensor mean = buffer("mean", zeros({4}));
};

struct Net : Module {
  const Pair first = child("first", Pair());
  const Tensor scale = parameter("scale", scalar(2));
  const Pair second = child("second", Pair());
};

struct Outer : Module {
  const Net net = child("net", Net());
};

/// The weight of a and that of the whole are one tensor; b is a under another name.
struct Tied : Module {
  const Pair a = child("a", Pair());
  const Pair b = child("b", a);
  const Tensor out = parameter("out", a.weight);
};

std::string names(const NamedTensors& tensors) {
  std::string text;
  for (const auto& entry : tensors) text += entry.first + " ";
  return text;
}

}  // namespace

TEST_CASE("named_parameters: a module's own in order of registration", "[05.1][core]") {
  const Pair pair;
  const NamedTensors found = pair.named_parameters();
  REQUIRE(names(found) == "weight bias ");
  CHECK(found[0].second.shares_storage_with(pair.weight));
  CHECK(found[1].second.shares_storage_with(pair.bias));
  CHECK(pair.parameter_count() == 9);  // 2 * 3 + 3: the buffer is not learned
}

TEST_CASE("named_parameters: own ones first then the children's with dotted names",
          "[05.1][core]") {
  const Net net;
  CHECK(names(net.named_parameters()) ==
        "scale first.weight first.bias second.weight second.bias ");
  CHECK(net.parameters().size() == 5);
  CHECK(net.parameter_count() == 19);  // 1 + 9 + 9
}

TEST_CASE("named_parameters: names grow with every level", "[05.1][core]") {
  const Outer outer;
  CHECK(names(outer.named_parameters()) ==
        "net.scale net.first.weight net.first.bias net.second.weight net.second.bias ");
  CHECK(names(outer.named_buffers()) == "net.first.mean net.second.mean ");
  CHECK(outer.buffers().size() == 2);
}

TEST_CASE("named_parameters: a tied tensor is listed once under its first name", "[05.1][edge]") {
  const Tied tied;
  CHECK(names(tied.named_parameters()) == "out a.bias ");
  CHECK(names(tied.named_buffers()) == "a.mean ");
  CHECK(tied.parameter_count() == 9);
}

TEST_CASE("named_parameters: equal numbers are not the same tensor", "[05.1][edge]") {
  Open module;
  const Tensor both = zeros({6});
  const Tensor low = module.parameter("low", both.slice(0, 0, 3));
  const Tensor high = module.parameter("high", both.slice(0, 3, 6));
  const Tensor other = module.parameter("other", zeros({3}));
  CHECK(names(module.named_parameters()) == "low high other ");
}

TEST_CASE("parameters: require gradients and get them through the member", "[05.1][core]") {
  const Net net;
  for (const Tensor& p : net.parameters()) CHECK(p.requires_grad());
  for (const Tensor& b : net.buffers()) CHECK_FALSE(b.requires_grad());
  sum(net.second.weight * net.scale).backward();
  const std::vector<Tensor> listed = net.parameters();
  REQUIRE(listed.size() == 5);
  CHECK_TENSOR(listed[0].grad(), values({6}, {}));  // six ones
  CHECK_TENSOR(listed[3].grad(), values({2, 2, 2, 2, 2, 2}, {2, 3}));
  CHECK_FALSE(listed[1].grad().defined());
  net.zero_grad();
  CHECK_FALSE(net.second.weight.grad().defined());
  CHECK_FALSE(net.scale.grad().defined());
}
