// 07_optimizers / sgd.hpp: downhill, and downhill with inertia. Longer runs agree with PyTorch (golden.hpp).
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::check_golden;
using steps::give;
using steps::leaf;

TEST_CASE("SGD: one step worked by hand", "[07.5][core]") {
  const Tensor w = leaf({1, -2});
  SGD optimizer({w}, {.lr = 0.1});
  give(w, {3, -5});
  optimizer.step();
  CHECK_TENSOR(w, values({0.7, -1.5}, {2}));  // 1 - 0.1 * 3, -2 + 0.1 * 5
}

TEST_CASE("SGD: weight decay pulls towards 0 and leaves the gradient alone", "[07.5][core]") {
  const Tensor w = leaf({1, -2});
  SGD optimizer({w}, {.lr = 0.1, .weight_decay = 0.5});
  give(w, {0, 0});
  optimizer.step();
  CHECK_TENSOR(w, values({0.95, -1.9}, {2}));  // times 1 - 0.1 * 0.5
  CHECK_TENSOR(w.grad(), values({0, 0}, {2}));
}

TEST_CASE("SGD: momentum adds up gradients that agree", "[07.6][core]") {
  const Tensor w = leaf({0});
  SGD optimizer({w}, {.lr = 0.1, .momentum = 0.9});
  give(w, {1});
  optimizer.step();
  CHECK_TENSOR(w, values({-0.1}, {1}));
  optimizer.step();
  CHECK_TENSOR(w, values({-0.29}, {1}));  // velocity 1.9
  optimizer.step();
  CHECK_TENSOR(w, values({-0.561}, {1}));  // velocity 2.71
}

TEST_CASE("SGD: the first velocity is the gradient and dampening starts later", "[07.6][edge]") {
  const Tensor w = leaf({0});
  SGD optimizer({w}, {.lr = 1, .momentum = 0.5, .dampening = 0.75});
  give(w, {4});
  optimizer.step();
  CHECK_TENSOR(w, values({-4}, {1}));
  optimizer.step();
  CHECK_TENSOR(w, values({-7}, {1}));  // 0.5 * 4 + 0.25 * 4 = 3
}

TEST_CASE("SGD: Nesterov steps by the velocity that it has just changed", "[07.6][core]") {
  const Tensor w = leaf({0});
  SGD optimizer({w}, {.lr = 1, .momentum = 0.5, .nesterov = true});
  give(w, {4});
  optimizer.step();
  CHECK_TENSOR(w, values({-6}, {1}));  // v = 4: 4 + 0.5 * 4
  optimizer.step();
  CHECK_TENSOR(w, values({-13}, {1}));  // v = 6: 4 + 0.5 * 6
}

TEST_CASE("SGD: a parameter that is part of a larger tensor leaves the rest alone",
          "[07.5][07.6][edge]") {
  const Tensor memory = tensor({1, 2, 7}), w = steps::first_two(memory);
  SGD plain({w}, {.lr = 0.5, .weight_decay = 1}),
      momentum({w}, {.lr = 0.5, .momentum = 0.9, .weight_decay = 1});
  give(w, {0, 0});
  plain.step();
  CHECK_TENSOR(memory, values({0.5, 1, 7}, {3}));
  momentum.step();
  CHECK_TENSOR(memory, values({0.25, 0.5, 7}, {3}));
}

TEST_CASE("SGD: ten plain steps as in PyTorch", "[07.5][core]") {
  check_golden<SGD>({.lr = 0.1}, golden::sgd);
  check_golden<SGD>({.lr = 0.1, .weight_decay = 0.2}, golden::sgd_decay);
}

TEST_CASE("SGD: ten steps with momentum as in PyTorch", "[07.6][core]") {
  check_golden<SGD>({.lr = 0.1, .momentum = 0.9}, golden::sgd_momentum);
  check_golden<SGD>({.lr = 0.1, .momentum = 0.8, .dampening = 0.3, .weight_decay = 0.2},
                    golden::sgd_dampening);
  check_golden<SGD>({.lr = 0.1, .momentum = 0.9, .nesterov = true, .weight_decay = 0.2},
                    golden::sgd_nesterov);
}

TEST_CASE("SGD: plain descent remembers nothing and momentum one number each",
          "[07.5][07.6][systems]") {
  const Tensor w = leaf(std::vector<real>(1000, 1));
  SGD plain({w}, {.lr = 0.1}), momentum({w}, {.lr = 0.1, .momentum = 0.9});
  give(w, std::vector<real>(1000, 1));
  plain.step();
  momentum.step();
  CHECK(plain.state_bytes() == 0);
  CHECK(momentum.state_bytes() == w.nbytes());
  const auto before = memory::stats().allocations;
  for (int i = 0; i < 5; ++i) {
    plain.step();
    momentum.step();
  }
  CHECK(memory::stats().allocations == before);
}
