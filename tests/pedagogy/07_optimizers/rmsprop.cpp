// 07_optimizers / rmsprop.hpp: a step size for each number. Longer runs agree with PyTorch (golden.hpp).
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::check_golden;
using steps::give;
using steps::leaf;

TEST_CASE("RMSprop: the first step does not depend on the size of the gradient", "[07.7][core]") {
  const Tensor w = leaf({0, 0, 0});
  RMSprop optimizer({w}, {.lr = 0.01, .alpha = 0.75, .eps = 0});
  give(w, {0.001f, 1, -1000});
  optimizer.step();
  CHECK_TENSOR(w, values({-0.02, -0.02, 0.02}, {3}));  // 0.01 g / sqrt(0.25 g^2)
}

TEST_CASE("RMSprop: the average forgets", "[07.7][core]") {
  const Tensor w = leaf({0});
  RMSprop optimizer({w}, {.lr = 1, .alpha = 0.75, .eps = 0});
  give(w, {4});
  optimizer.step();
  CHECK_TENSOR(w, values({-2}, {1}));  // 4 / sqrt(0.25 * 16)
  give(w, {2});
  optimizer.step();
  CHECK_TENSOR(w, values({-3}, {1}));  // 2 / sqrt(0.75 * 4 + 0.25 * 4)
}

TEST_CASE("RMSprop: centered takes the mean away", "[07.7][core]") {
  const Tensor w = leaf({0});
  RMSprop optimizer({w}, {.lr = 1, .alpha = 0.5, .eps = 0, .centered = true});
  give(w, {2});
  optimizer.step();
  CHECK_TENSOR(w, values({-2}, {1}));  // mean 1, square 2: 2 / sqrt(2 - 1)
  CHECK_TENSOR(optimizer.state_dict().at("0.grad_avg"), values({1}, {1}));
  give(w, {1});
  optimizer.step();
  CHECK_TENSOR(w, values({-2 - 1 / std::sqrt(0.5)}, {1}));  // mean 1, square 1.5
}

TEST_CASE("RMSprop: a gradient of 0 moves nothing and a small eps suffices", "[07.7][edge]") {
  const Tensor w = leaf({1, 1});
  RMSprop optimizer({w});
  give(w, {0, 1});
  optimizer.step();
  CHECK_TENSOR(w, values({1, 0.9}, {2}));  // 0.01 / (0.1 + 1e-8)
}

TEST_CASE("RMSprop: a variance that rounding made negative is 0", "[07.7][edge]") {
  const Tensor w = leaf({0, 0, 0});
  RMSprop optimizer({w}, {.lr = 0.001, .alpha = 0.5, .eps = 1, .centered = true});
  for (int i = 0; i < 100; ++i) {
    give(w, {0.1f, 0.3f, 0.7f});  // always the same: the variance goes to 0, give or take a bit
    optimizer.step();
  }
  for (const Index i : {0, 1, 2}) {
    CHECK(w.at({i}) < 0);  // not NaN
    CHECK(w.at({i}) > -0.1f);
  }
}

TEST_CASE("RMSprop: a negative variance counts as 0 and as nothing else", "[07.7][edge]") {
  const Tensor w = leaf({0});
  RMSprop optimizer({w}, {.lr = 1, .alpha = 0.5, .eps = 1, .centered = true});
  give(w, {0});
  optimizer.step();
  StateDict state = optimizer.state_dict();
  state["0.grad_avg"] = full({1}, 2);
  optimizer.load_state_dict(state);
  give(w, {2});
  optimizer.step();
  CHECK_TENSOR(w, values({-2}, {1}));  // square 2, mean 2: 2 / (sqrt(0) + 1)
}

TEST_CASE("RMSprop: a gradient that is not a number is not hidden", "[07.7][edge]") {
  const Tensor w = leaf({1, 1});
  RMSprop optimizer({w}, {.centered = true});
  give(w, {std::numeric_limits<real>::quiet_NaN(), 0});
  optimizer.step();
  CHECK_TENSOR(w, values({std::nan(""), 1}, {2}));
}

TEST_CASE("RMSprop: a mean that is not a number is not taken for zero", "[07.7][edge]") {
  const Tensor w = leaf({1});
  RMSprop optimizer({w}, {.centered = true});
  give(w, {1});
  optimizer.step();
  StateDict state = optimizer.state_dict();
  state["0.square_avg"] = full({1}, std::numeric_limits<real>::quiet_NaN());
  optimizer.load_state_dict(state);
  optimizer.step();
  CHECK_TENSOR(w, values({std::nan("")}, {1}));
}

TEST_CASE("RMSprop: ten steps as in PyTorch", "[07.7][core]") {
  check_golden<RMSprop>({.lr = 0.01, .alpha = 0.9}, golden::rmsprop);
  check_golden<RMSprop>({.lr = 0.01,
                         .alpha = 0.9,
                         .eps = 1e-3,
                         .weight_decay = 0.2,
                         .momentum = 0.5,
                         .centered = true},
                        golden::rmsprop_all);
}

TEST_CASE("RMSprop: remembers one to three numbers for each", "[07.7][systems]") {
  const Tensor w = leaf(std::vector<real>(1000, 1));
  RMSprop one({w}), three({w}, {.momentum = 0.9, .centered = true});
  give(w, std::vector<real>(1000, 1));
  one.step();
  three.step();
  CHECK(one.state_bytes() == w.nbytes());
  CHECK(three.state_bytes() == 3 * w.nbytes());
}
