// What there is to save, and how it comes back: all of it, or an error that lists what does not fit.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

struct Norm : Module {
  const Tensor scale = parameter("scale", ones({3}));
  const Tensor mean = buffer("mean", zeros({3}));
};

struct Net : Module {
  const Norm norm = child("norm", Norm());
  const Tensor weight = parameter("weight", tensor({1, 2, 3, 4, 5, 6}, {2, 3}));
};

struct Tied : Module {
  const Norm norm = child("norm", Norm());
  const Tensor again = parameter("again", norm.scale);
};

StateDict fitting() {
  return {{"weight", tensor({6, 5, 4, 3, 2, 1}, {2, 3})},
          {"norm.scale", tensor({7, 8, 9})},
          {"norm.mean", tensor({-1, -2, -3})}};
}

std::string names(const StateDict& dict) {
  std::string text;
  for (const auto& entry : dict) text += entry.first + " ";
  return text;
}

}  // namespace

TEST_CASE("state_dict: parameters and buffers by name", "[05.4][core]") {
  const StateDict dict = Net().state_dict();
  REQUIRE(names(dict) == "norm.mean norm.scale weight ");  // a map is sorted
  CHECK_TENSOR(dict.at("weight"), values({1, 2, 3, 4, 5, 6}, {2, 3}));
  CHECK_TENSOR(dict.at("norm.mean"), values({0, 0, 0}, {3}));
}

TEST_CASE("state_dict: shares memory with the module outside the graph", "[05.4][core]") {
  const Net net;
  StateDict dict = net.state_dict();
  REQUIRE(dict.size() == 3);
  CHECK(dict.at("weight").shares_storage_with(net.weight));
  CHECK_FALSE(dict.at("weight").requires_grad());
  CHECK(net.weight.requires_grad());
  dict.at("weight").set({1, 2}, 60);
  CHECK_TENSOR(net.weight, values({1, 2, 3, 4, 5, 60}, {2, 3}));
}

TEST_CASE("state_dict: copies no number", "[05.4][systems]") {
  const Net net;
  const auto before = memory::stats().allocations;
  CHECK(net.state_dict().size() == 3);
  CHECK(memory::stats().allocations == before);
}

TEST_CASE("state_dict: a tied tensor is saved once", "[05.4][edge]") {
  CHECK(names(Tied().state_dict()) == "again norm.mean ");
}

TEST_CASE("differences: one line for each tensor that does not fit", "[05.3][core]") {
  const NamedTensors own = {
      {"a", ones({2, 3})}, {"b", ones({3})}, {"c", ones({1})}, {"d", ones({4})}};
  StateDict given = {{"x", ones({1})}, {"c", ones({1})}, {"a", ones({3, 2})}, {"e", ones({2})}};
  CHECK(detail::differences(own, given) == "\n  shape: a is [2, 3], got [3, 2]"
                                           "\n  missing: b"
                                           "\n  missing: d"
                                           "\n  unexpected: e"
                                           "\n  unexpected: x");
  given = {{"a", zeros({2, 3})}, {"b", zeros({3})}, {"c", zeros({1})}, {"d", zeros({4})}};
  CHECK(detail::differences(own, given).empty());
}

TEST_CASE("differences: nothing against nothing and nothing against something", "[05.3][edge]") {
  CHECK(detail::differences({}, {}).empty());
  CHECK(detail::differences({}, {{"a", ones({1})}}) == "\n  unexpected: a");
  CHECK(detail::differences({{"a", ones({1})}}, {}) == "\n  missing: a");
}

TEST_CASE("differences: a shape that would broadcast does not fit", "[05.3][edge]") {
  const NamedTensors own = {{"a", ones({2, 3})}, {"b", ones({1})}};
  CHECK(detail::differences(own, {{"a", ones({1, 3})}, {"b", scalar(1)}}) ==
        "\n  shape: a is [2, 3], got [1, 3]"
        "\n  shape: b is [1], got []");
}

TEST_CASE("load_state_dict: writes into the tensors that everybody holds", "[05.5][core]") {
  const Net net;
  const Net copy = net;
  const real* memory_before = net.weight.data();
  net.load_state_dict(fitting());
  CHECK_TENSOR(net.weight, values({6, 5, 4, 3, 2, 1}, {2, 3}));
  CHECK_TENSOR(net.norm.scale, values({7, 8, 9}, {3}));
  CHECK_TENSOR(net.norm.mean, values({-1, -2, -3}, {3}));
  CHECK_TENSOR(copy.norm.mean, values({-1, -2, -3}, {3}));
  CHECK(net.weight.data() == memory_before);
  CHECK(net.weight.requires_grad());
  CHECK(net.weight.is_leaf());
  CHECK(grad_enabled());
}

TEST_CASE("load_state_dict: keeps nothing of what was given", "[05.5][edge]") {
  const Net net;
  StateDict given = fitting();
  given.at("weight").set_requires_grad(true);  // a parameter of another model, say
  net.load_state_dict(given);
  CHECK_FALSE(net.weight.shares_storage_with(given.at("weight")));
  given.at("norm.scale").set({0}, 100);
  CHECK_TENSOR(net.norm.scale, values({7, 8, 9}, {3}));
}

TEST_CASE("load_state_dict: reads views", "[05.5][edge]") {
  const Net net;
  StateDict given = fitting();
  given["weight"] = tensor({1, 4, 2, 5, 3, 6}, {3, 2}).transpose(0, 1);
  net.load_state_dict(given);
  CHECK_TENSOR(net.weight, values({1, 2, 3, 4, 5, 6}, {2, 3}));
}

TEST_CASE("load_state_dict: one error lists everything and nothing is loaded", "[05.5][errors]") {
  const Net net;
  StateDict given = fitting();
  given.erase("norm.mean");
  given["norm.scale"] = ones({4});
  given["norm.bias"] = ones({3});
  CHECK_THROWS_WITH(
      net.load_state_dict(given),
      contains("load_state_dict: expects the names and shapes of this module, got\n") &&
          contains("\n  missing: norm.mean") && contains("\n  shape: norm.scale is [3], got [4]") &&
          contains("\n  unexpected: norm.bias"));
  CHECK_THROWS_AS(net.load_state_dict(given), ValueError);
  CHECK_TENSOR(net.weight, values({1, 2, 3, 4, 5, 6}, {2, 3}));  // it would have fitted
}

TEST_CASE("load_state_dict: a broadcast is not a fit", "[05.5][errors]") {
  const Net net;
  StateDict given = fitting();
  given["weight"] = ones({1, 3});
  CHECK_THROWS_WITH(net.load_state_dict(given), contains("weight is [2, 3], got [1, 3]"));
  CHECK_TENSOR(net.norm.scale, values({1, 1, 1}, {3}));
}

TEST_CASE("load_state_dict: brings back a snapshot exactly", "[05.5][property]") {
  Rng rng(5);
  const Sequential model{Linear(6, 5, rng), Linear(5, 4, rng)};
  StateDict snapshot;
  for (const auto& [name, t] : model.state_dict()) snapshot[name] = t.clone();
  for (const Tensor& p : model.parameters()) p.detach().zero_();
  model.load_state_dict(snapshot);
  for (const auto& [name, t] : model.state_dict()) {
    CHECK_TENSOR_NEAR(t, read(snapshot.at(name)), 0);
  }
  model.load_state_dict(model.state_dict());  // from itself: nothing happens
  CHECK_TENSOR_NEAR(model.state_dict().at("0.weight"), read(snapshot.at("0.weight")), 0);
}
