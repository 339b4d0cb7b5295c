// Modules made of modules, and the activations as modules.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

struct Times : Module {
  explicit Times(real f) : factor(f) {}
  Tensor forward(const Tensor& x) const override { return x * factor; }
  const real factor;
};

struct Plus : Module {
  explicit Plus(real t) : term(t) {}
  Tensor forward(const Tensor& x) const override { return x + term; }
  const real term;
};

/// Two layers and a named tree: what the lesson builds.
class Mlp : public Module {
 public:
  explicit Mlp(Rng& rng)
      : hidden(child("hidden", Linear(6, 4, rng))), out(child("out", Linear(4, 3, rng))) {}
  Tensor forward(const Tensor& x) const override { return out(relu(hidden(x))); }
  const Linear hidden, out;
};

std::string names(const Module& module) {
  std::string text;
  for (const auto& entry : module.named_parameters()) text += entry.first + " ";
  return text;
}

}  // namespace

TEST_CASE("Sequential: the output of each is the input of the next", "[05.11][core]") {
  const Tensor x = tensor({1, -2});
  CHECK_TENSOR(Sequential(Times(2), Plus(3))(x), values({5, -1}, {2}));
  CHECK_TENSOR(Sequential(Plus(3), Times(2))(x), values({8, 2}, {2}));
  CHECK_TENSOR(Sequential(Times(2), Plus(3), Times(-1))(x), values({-5, 1}, {2}));
}

TEST_CASE("Sequential: empty and nested ones", "[05.11][edge]") {
  const Tensor x = tensor({1, -2});
  CHECK(Sequential()(x).shares_storage_with(x));
  CHECK_TENSOR(Sequential(Sequential(Times(2), Plus(3)), Times(2))(x), values({10, -2}, {2}));
}

TEST_CASE("Sequential: append through one copy is seen by all", "[05.11][core]") {
  const Sequential model(Times(2));
  const Sequential copy = model;
  copy.append(Plus(3)).append(Times(10));
  CHECK(model.size() == 3);
  CHECK_TENSOR(model(tensor({1, -2})), values({50, -10}, {2}));
  CHECK_TENSOR(model[1](tensor({1, -2})), values({4, 1}, {2}));
}

TEST_CASE("Sequential: names its children by position", "[05.11][core]") {
  Rng rng(1);
  const Sequential model{Linear(6, 4, rng), ReLU(), Linear(4, 3, rng, {.bias = false})};
  CHECK(names(model) == "0.weight 0.bias 2.weight ");
  CHECK(model.parameter_count() == 40);  // 24 + 4 + 12
  CHECK_SHAPE(model(ones({5, 6})), {5, 3});
}

TEST_CASE("Sequential: a position that is not there and a circle are errors", "[05.11][errors]") {
  const Sequential model(Times(2), Plus(1));
  CHECK_THROWS_WITH(model[2], contains("Sequential: expects a position below 2, got 2"));
  CHECK_THROWS_AS(model[-1], IndexError);
  CHECK_THROWS_WITH(model.append(model), contains("got a circle at '2'"));
  CHECK_TENSOR(model(scalar(4)), values({9}, {}));  // and nothing was appended
}

TEST_CASE("Sequential: keeps what it was given alive", "[05.11][edge]") {
  Rng rng(2);
  std::vector<Sequential> models;
  for (int i = 0; i < 3; ++i) models.push_back(Sequential{Mlp(rng), Times(2)});
  const Tensor x = ones({2, 6});
  CHECK_SHAPE(models[0](x), {2, 3});
  CHECK(names(models[2]) == "0.hidden.weight 0.hidden.bias 0.out.weight 0.out.bias ");
}

TEST_CASE("Sequential: computes what a class of one's own computes", "[05.11][property]") {
  Rng a(4), b(4), data(5);
  const Sequential sequential{Linear(6, 4, a), ReLU(), Linear(4, 3, a)};
  const Mlp mlp(b);  // draws in the same order
  const Tensor x = randn({5, 6}, data);
  CHECK_TENSOR_NEAR(sequential(x), read(mlp(x)), 0);
}

TEST_CASE("Flatten: from images to features", "[05.11][core]") {
  const Sequential model{Flatten(), Identity()};
  CHECK_SHAPE(model(ones({5, 64, 6, 6})), {5, 2304});
  CHECK_SHAPE(Sequential(Flatten(2))(ones({5, 2, 3, 4})), {5, 2, 12});
}

TEST_CASE("ModuleList: a named list of one class", "[05.11][core]") {
  Rng rng(1);
  const ModuleList<Linear> list;
  const ModuleList<Linear> copy = list;
  list.append(Linear(3, 3, rng)).append(Linear(3, 2, rng));
  CHECK(copy.size() == 2);
  CHECK(names(copy) == "0.weight 0.bias 1.weight 1.bias ");
  Tensor x = ones({1, 3});
  for (const Linear& layer : copy) x = layer(x);
  CHECK_TENSOR(x, read(Sequential(list[0], list[1])(ones({1, 3}))));
  CHECK_THROWS_WITH(list[2], contains("ModuleList: expects a position below 2"));
}

TEST_CASE("activations as modules: each is the function of its name", "[05.11][core]") {
  const Tensor x = tensor({-1, 2});
  // torch.nn.functional of [-1., 2.], to seven digits
  CHECK_TENSOR(Sequential(ReLU())(x), values({0, 2}, {2}));
  CHECK_TENSOR(Sequential(LeakyReLU({.negative_slope = 0.1}))(x), values({-0.1, 2}, {2}));
  CHECK_TENSOR(Sequential(Sigmoid())(x), values({0.2689414, 0.8807971}, {2}));
  CHECK_TENSOR(Sequential(Tanh())(x), values({-0.7615942, 0.9640276}, {2}));
  CHECK_TENSOR(Sequential(GELU())(x), values({-0.1586553, 1.9544997}, {2}));
  CHECK_TENSOR(Sequential(GELU({.tanh_approximation = true}))(x),
               values({-0.1588080, 1.9545977}, {2}));
  CHECK_TENSOR(Sequential(SiLU())(x), values({-0.2689414, 1.7615942}, {2}));
  CHECK_TENSOR(Sequential(Softmax(0))(x), values({0.0474259, 0.9525741}, {2}));
  CHECK_TENSOR(Sequential(LogSoftmax(-1))(x), values({-3.0485874, -0.0485874}, {2}));
}

TEST_CASE("model: memory of parameters and activations", "[05.11][systems]") {
  Rng rng(1);
  const auto start = memory::stats().live_bytes;
  const Sequential model{Linear(64, 32, rng), ReLU(), Linear(32, 10, rng)};
  CHECK(memory::stats().live_bytes - start == 2410 * sizeof(real));  // 64*32 + 32 + 32*10 + 10
  const Sequential copy = model;                                     // a handle: no number more
  CHECK(memory::stats().live_bytes - start == 2410 * sizeof(real));
  const Tensor x = ones({8, 64});
  const auto before = memory::stats().live_bytes;
  const Tensor y = model(x);
  // For backward the first product keeps x, which exists anyway; relu keeps its result, and the
  // second product the same tensor; y itself is held here.
  CHECK(memory::stats().live_bytes - before == (8 * 32 + 8 * 10) * sizeof(real));
}
