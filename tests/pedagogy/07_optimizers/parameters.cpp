// 07_optimizers / optimizer.hpp: which parameters and options an optimizer takes.
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::give;
using steps::leaf;

TEST_CASE("parameters: what cannot be moved is refused with its reason", "[07.1][07.2][errors]") {
  const Tensor w = leaf({1}), constant = tensor({1});
  const Tensor computed = w * 2;
  CHECK_THROWS_WITH(SGD(std::vector<Tensor>{}), contains("SGD: expects at least one parameter"));
  CHECK_THROWS_WITH(SGD({constant}, {}),
                    contains("that require grad, got parameter 0 of shape [1]"));
  CHECK_THROWS_WITH(SGD({w, computed}, {}), contains("got parameter 1, the result of 'mul'"));
  CHECK_THROWS_WITH(SGD({w, Tensor()}, {}), contains("got an undefined parameter 1"));
  CHECK_THROWS_WITH(Adam({w, w}, {}), contains("Adam: expects each parameter once"));
  Tensor turned = ones({2, 3}).transpose(0, 1);
  turned.set_requires_grad(true);
  CHECK_THROWS_WITH(SGD({turned}, {}), contains("contiguous memory"));
  SGD optimizer({w}, {.lr = 1});
  CHECK_THROWS_WITH(optimizer.add_param_group({w}), contains("a second time"));
  CHECK(optimizer.group_count() == 1);
  give(w, {1});
  optimizer.step();  // all that was refused has left no trace
  CHECK_TENSOR(w, values({0}, {1}));
  optimizer.zero_grad();
  CHECK_FALSE(w.grad().defined());
}

TEST_CASE("parameters: options out of range are refused", "[07.2][errors]") {
  const Tensor w = leaf({1});
  const std::vector<Tensor> p = {w};
  CHECK_THROWS_WITH(SGD(p, {.lr = -0.1}), contains("SGD: expects a finite lr >= 0, got -0.1"));
  CHECK_THROWS_WITH(SGD(p, {.lr = std::nan("")}), contains("lr >= 0, got nan"));
  CHECK_THROWS_WITH(SGD(p, {.momentum = -1}), contains("momentum >= 0"));
  CHECK_THROWS_WITH(SGD(p, {.nesterov = true}), contains("momentum > 0 and dampening = 0"));
  CHECK_THROWS_WITH(SGD(p, {.weight_decay = -1}), contains("weight_decay >= 0"));
  CHECK_THROWS_WITH(RMSprop(p, {.alpha = 1}), contains("alpha in [0, 1), got 1"));
  CHECK_THROWS_WITH(Adam(p, {.betas = {0.9, 1}}), contains("Adam: expects betas in [0, 1), got 1"));
  CHECK_THROWS_WITH(AdamW(p, {.eps = -1}), contains("AdamW: expects eps >= 0"));
  CHECK_THROWS_WITH(Lion(p, {.betas = {-0.1, 0.9}}), contains("Lion: expects betas"));
  CHECK_THROWS_WITH(Muon(p, {}), contains("Muon: expects matrices, got a parameter of shape [1]"));
  SGD optimizer(p, {.lr = 0});  // a learning rate of 0 is a way to stand still
  give(w, {1});
  optimizer.step();
  CHECK_TENSOR(w, values({1}, {1}));
}

TEST_CASE("parameters: a group that comes later starts its own count", "[07.2][07.9][core]") {
  const Tensor a = leaf({0}), b = leaf({0});
  Adam optimizer({a}, {.lr = 0.5, .eps = 0});
  give(a, {1});
  give(b, {1});
  optimizer.step();
  CHECK_TENSOR(b, values({0}, {1}));
  optimizer.add_param_group({b}, {.lr = 0.25, .eps = 0});
  optimizer.step();
  CHECK_TENSOR(a, values({-1}, {1}));
  CHECK_TENSOR(b, values({-0.25}, {1}));  // bias correction of a first step
}

TEST_CASE("parameters: one that slips into a group by hand is noticed", "[07.2][errors]") {
  const Tensor a = leaf({0}), b = leaf({0});
  SGD optimizer({a}, {.lr = 1});
  optimizer.param_groups[0].params.push_back(b);
  CHECK_THROWS_WITH(optimizer.step(), contains("add_param_group"));
  optimizer.param_groups[0].params.pop_back();
  give(a, {1});
  optimizer.step();
  CHECK_TENSOR(a, values({-1}, {1}));
}
