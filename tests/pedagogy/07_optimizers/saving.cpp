// 07_optimizers / optimizer.hpp: what an optimizer remembers, saved and loaded.
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::give;
using steps::leaf;

namespace {

StateDict snapshot(const Optimizer& optimizer) {
  StateDict copy;
  for (const auto& [name, tensor] : optimizer.state_dict()) copy[name] = tensor.clone();
  return copy;
}

std::string names(const StateDict& dict) {
  std::string text;
  for (const auto& [name, tensor] : dict) text += name + " ";
  return text;
}

/// Stops after ten steps, resumes in a new optimizer, and compares with ten more without a stop.
template <class Optimizer>
void check_resume(const typename Optimizer::Options& options) {
  const std::vector<Tensor> going = steps::parameters();
  Optimizer first(going, options);
  steps::ten_steps(first, going);
  std::vector<Tensor> resumed;
  for (const Tensor& t : going) {
    resumed.push_back(t.detach().clone());
    resumed.back().set_requires_grad(true);
  }
  Optimizer second(resumed, options);
  second.load_state_dict(snapshot(first));
  steps::ten_steps(first, going);
  steps::ten_steps(second, resumed);
  CHECK_TENSOR_NEAR(resumed[0], going[0], 0);
  CHECK_TENSOR_NEAR(resumed[1], going[1], 0);
}

}  // namespace

TEST_CASE("state_dict: names are the parameter over all groups and the buffer", "[07.3][core]") {
  const Tensor a = leaf({1, 2}), b = leaf({3}), c = leaf({4});
  Adam optimizer({{{a, b}, {}}, {{c}, {}}});
  CHECK(optimizer.state_dict().empty());
  give(a, {0.5f, -1});
  give(c, {1});
  optimizer.step();  // b has no gradient, so there is nothing to remember of it
  const StateDict dict = optimizer.state_dict();
  CHECK(names(dict) == "0.exp_avg 0.exp_avg_sq 0.step 2.exp_avg 2.exp_avg_sq 2.step ");
  CHECK_TENSOR(dict.at("0.exp_avg"), values({0.05, -0.1}, {2}));         // 0.1 g
  CHECK_TENSOR(dict.at("0.exp_avg_sq"), values({0.00025, 0.001}, {2}));  // 0.001 g^2
  CHECK_TENSOR(dict.at("0.step"), values({1}, {}));
}

TEST_CASE("state_dict: shares memory and costs none", "[07.3][systems]") {
  const Tensor w = leaf(std::vector<real>(100, 1));
  SGD optimizer({w}, {.momentum = 0.5});
  give(w, std::vector<real>(100, 1));
  optimizer.step();
  const auto before = memory::stats().allocations;
  const StateDict dict = optimizer.state_dict();
  CHECK(memory::stats().allocations == before);
  give(w, std::vector<real>(100, 2));
  optimizer.step();
  CHECK(dict.at("0.momentum_buffer").at({99}) == 2.5f);  // 0.5 * 1 + 2: it moves on
}

TEST_CASE("load_state_dict: training resumes with exactly the same numbers", "[07.4][07.3][core]") {
  check_resume<SGD>({.lr = 0.1, .momentum = 0.9, .dampening = 0.5});
  check_resume<RMSprop>({.momentum = 0.9, .centered = true});
  check_resume<AdamW>({.lr = 0.1});
}

TEST_CASE("load_state_dict: takes a copy", "[07.4][edge]") {
  const Tensor a = leaf({0}), b = leaf({0});
  SGD first({a}, {.lr = 1, .momentum = 0.5}), second({b}, {.lr = 1, .momentum = 0.5});
  give(a, {1});
  first.step();
  second.load_state_dict(first.state_dict());
  give(b, {0});
  second.step();  // its velocity is 0.5 now, first's still 1
  first.step();
  CHECK_TENSOR(b, values({-0.5}, {1}));
  CHECK_TENSOR(a, values({-2.5}, {1}));  // -1 - (0.5 * 1 + 1)
}

TEST_CASE("load_state_dict: replaces what was there and an empty one makes it new",
          "[07.4][edge]") {
  const Tensor w = leaf({0});
  SGD optimizer({w}, {.lr = 1, .momentum = 0.5});
  give(w, {1});
  optimizer.step();
  optimizer.load_state_dict({});
  CHECK(optimizer.state_bytes() == 0);
  optimizer.step();
  CHECK_TENSOR(w, values({-2}, {1}));  // a first step again, not 1.5
}

TEST_CASE("load_state_dict: what does not fit changes nothing", "[07.4][errors]") {
  const Tensor w = leaf({0, 0});
  Adam optimizer({w});
  give(w, {1, 1});
  optimizer.step();
  const StateDict good = snapshot(optimizer);
  StateDict bad = good;
  bad["0.exp_avg"] = full({2}, 7);
  bad["0.velocity"] = zeros({2});
  CHECK_THROWS_WITH(optimizer.load_state_dict(bad), contains("got \"0.velocity\""));
  bad.erase("0.velocity");
  bad["1.exp_avg"] = zeros({2});
  CHECK_THROWS_WITH(optimizer.load_state_dict(bad), contains("got \"1.exp_avg\""));
  bad.erase("1.exp_avg");
  bad["0.exp_avg_sq"] = zeros({3});
  CHECK_THROWS_WITH(optimizer.load_state_dict(bad), contains("of shape [2], got [3]"));
  bad.erase("0.exp_avg_sq");
  CHECK_THROWS_WITH(optimizer.load_state_dict(bad), contains("expects \"0.exp_avg_sq\""));
  bad["exp_avg"] = zeros({2});
  CHECK_THROWS_AS(optimizer.load_state_dict(bad), ValueError);
  CHECK_TENSOR(optimizer.state_dict().at("0.exp_avg"), values({0.1, 0.1}, {2}));
}
