// A Module is a handle: what copies share, what a registration refuses, what a module says of itself.
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

std::string names(const NamedTensors& tensors) {
  std::string text;
  for (const auto& entry : tensors) text += entry.first + " ";
  return text;
}

}  // namespace

TEST_CASE("module: a copy is the same module", "[05.1][core]") {
  const Net net;
  const Net copy = net;
  const std::vector<Tensor> ours = net.parameters(), theirs = copy.parameters();
  REQUIRE(ours.size() == 5);
  REQUIRE(theirs.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(ours[i].autograd() == theirs[i].autograd());
  copy.eval();
  CHECK_FALSE(net.is_training());
}

TEST_CASE("module: nothing dangles in a vector that grows nor after a move", "[05.1][edge]") {
  std::vector<Net> many;
  std::vector<Tensor> scales;
  for (int i = 0; i < 20; ++i) {
    Net net;
    scales.push_back(net.scale);
    many.push_back(std::move(net));
    CHECK(net.parameters().size() == 5);  // moved from, and still a module
  }
  for (std::size_t i = 0; i < 20; ++i) {
    REQUIRE(many[i].parameters().size() == 5);
    CHECK(many[i].parameters()[0].shares_storage_with(scales[i]));
  }
}

TEST_CASE("module: a child outlives the parent that registered it", "[05.1][edge]") {
  auto net = std::make_unique<Net>();
  const Pair kept = net->second;
  net.reset();
  CHECK(names(kept.named_parameters()) == "weight bias ");
}

TEST_CASE("module: what would lose a registration does not compile", "[05.1][core]") {
  CHECK(std::is_copy_constructible_v<Linear>);
  CHECK_FALSE(std::is_copy_assignable_v<Linear>);  // net.first = Linear(..) would not be listed
  CHECK_FALSE(std::is_copy_assignable_v<Identity>);
  CHECK_FALSE(std::is_constructible_v<Module, const Linear&>);  // would lose Linear's forward
  CHECK_FALSE(std::is_default_constructible_v<Module>);
  CHECK(Net().parameter_count() == 19);
}

TEST_CASE("registration: refuses names that are taken or cannot be part of a dotted one",
          "[05.1][errors]") {
  Open module, inner;
  (void)module.parameter("w", ones({2}));
  CHECK_THROWS_WITH(module.parameter("w", ones({2})),
                    contains("parameter: expects a name that is free, got 'w'"));
  CHECK_THROWS_WITH(module.buffer("w", ones({2})), contains("buffer: expects a name that is free"));
  CHECK_THROWS_WITH(module.child("w", inner), contains("child: expects a name that is free"));
  Rng rng(1);
  CHECK_THROWS_WITH(module.generator("w", rng), contains("generator: expects a name that is free"));
  CHECK_THROWS_WITH(module.parameter("", ones({2})), contains("not empty and has no dot, got ''"));
  CHECK_THROWS_AS(module.buffer("a.b", ones({2})), ValueError);
  CHECK(names(module.named_parameters()) == "w ");  // none of them left anything behind
  CHECK(module.named_buffers().empty());
}

TEST_CASE("registration: refuses tensors that cannot be learned", "[05.1][errors]") {
  Open module;
  Tensor leaf = ones({2, 3});
  leaf.set_requires_grad(true);
  CHECK_THROWS_WITH(module.parameter("a", leaf * 2), contains("parameter: expects a leaf for 'a'"));
  CHECK_THROWS_WITH(module.parameter("b", ones({2, 3}).transpose(0, 1)),
                    contains("expects contiguous memory for 'b', got strides [1, 3]"));
  CHECK_THROWS_AS(module.parameter("c", Tensor()), Error);
  CHECK_THROWS_WITH(module.buffer("d", leaf), contains("expects a tensor without gradient"));
  CHECK(module.named_parameters().empty());
}

TEST_CASE("registration: a module cannot be its own descendant", "[05.1][errors]") {
  Open a, b, c;
  (void)a.child("b", b);
  (void)b.child("c", c);
  CHECK_THROWS_WITH(c.child("a", a), contains("got a circle at 'a'"));
  CHECK_THROWS_AS(a.child("self", a), ValueError);
  CHECK(a.named_parameters().empty());
}

TEST_CASE("to_string: a table of names and shapes and counts", "[05.1][core]") {
  CHECK(Net().to_string() == "scale          []       1\n"
                             "first.weight   [2, 3]   6\n"
                             "first.bias     [3]      3\n"
                             "second.weight  [2, 3]   6\n"
                             "second.bias    [3]      3\n"
                             "first.mean     [4]         buffer\n"
                             "second.mean    [4]         buffer\n"
                             "parameters             19\n");
}

TEST_CASE("forward: a module without one says so", "[05.1][errors]") {
  const Pair pair;
  CHECK(pair.parameter_count() == 9);
  CHECK_THROWS_WITH(pair(ones({2})), contains("forward: expects a module of one input"));
}
