// 07_optimizers / adam.hpp: Adam and AdamW. Longer runs agree with PyTorch (golden.hpp).
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::check_golden;
using steps::give;
using steps::leaf;

TEST_CASE("bias_correction: the share of the steps that an average has seen", "[07.8][core]") {
  CHECK(std::abs(bias_correction(0.9, 1) - 0.1) < 1e-12);
  CHECK(std::abs(bias_correction(0.9, 2) - 0.19) < 1e-12);
  CHECK(std::abs(bias_correction(0.999, 1) - 0.001) < 1e-12);
  CHECK(bias_correction(0, 1) == 1);
  CHECK(std::abs(bias_correction(0.9, 1000) - 1) < 1e-12);
}

TEST_CASE("Adam: the first step is lr in the direction of the sign", "[07.9][07.8][core]") {
  const Tensor w = leaf({1, 1, 1});
  Adam optimizer({w}, {.lr = 0.1});
  give(w, {0.001f, -1, 1000});
  optimizer.step();
  CHECK_TENSOR(w,
               values({0.900001, 1.1, 0.9}, {3}));  // eps is felt by the smallest: 1 / (1 + 1e-5)
}

TEST_CASE("Adam: two steps worked by hand", "[07.9][core]") {
  const Tensor w = leaf({0});
  Adam optimizer({w}, {.lr = 1, .betas = {0.5, 0.75}, .eps = 0});
  give(w, {4});
  optimizer.step();
  CHECK_TENSOR(w, values({-1}, {1}));
  give(w, {-2});
  optimizer.step();
  // m = 0.5 * 2 - 0.5 * 2 = 0: the gradient changed its sign, and nothing moves
  CHECK_TENSOR(w, values({-1}, {1}));
  give(w, {1});
  optimizer.step();
  // m = 0.5, c1 = 0.875; v = (4, 3 + 1 = 4, 3 + 0.25) = 3.25, c2 = 1 - 27/64 = 0.578125
  CHECK_TENSOR(w, values({-1 - 0.5 / 0.875 / std::sqrt(3.25 / 0.578125)}, {1}));
}

TEST_CASE("Adam: eps stands outside the root", "[07.9][edge]") {
  const Tensor w = leaf({0, 0});
  Adam optimizer({w}, {.lr = 1, .betas = {0, 0}, .eps = 3});
  give(w, {1, 0});
  optimizer.step();
  CHECK_TENSOR(w, values({-0.25, 0}, {2}));  // 1 / (sqrt(1) + 3)
}

TEST_CASE("Adam and AdamW: what lies behind a parameter in memory stays",
          "[07.9][07.10][edge]") {
  const Tensor memory = tensor({1, 2, 7}), w = steps::first_two(memory);
  Adam coupled({w}, {.lr = 0.5, .weight_decay = 1});
  AdamW decoupled({w}, {.lr = 0.5, .weight_decay = 1});
  give(w, {0, 0});
  coupled.step();
  CHECK_TENSOR(memory, values({0.5, 1.5, 7}, {3}));  // the first step is lr
  decoupled.step();
  CHECK_TENSOR(memory, values({0.25, 0.75, 7}, {3}));  // times 1 - 0.5 * 1
}

TEST_CASE("AdamW: without a gradient weights shrink by lr times weight_decay", "[07.10][core]") {
  const Tensor w = leaf({1, -2}), other = leaf({1, -2});
  AdamW decoupled({w}, {.lr = 0.1, .weight_decay = 0.5});
  Adam coupled({other}, {.lr = 0.1, .weight_decay = 0.5});
  give(w, {0, 0});
  give(other, {0, 0});
  decoupled.step();
  coupled.step();
  CHECK_TENSOR(w, values({0.95, -1.9}, {2}));
  CHECK_TENSOR(other, values({0.9, -1.9}, {2}));  // a whole step of lr, whatever the weight
  CHECK_TENSOR(decoupled.state_dict().at("0.exp_avg"), values({0, 0}, {2}));
}

TEST_CASE("AdamW: decay and step together worked by hand", "[07.10][core]") {
  const Tensor w = leaf({2});
  AdamW optimizer({w}, {.lr = 0.5, .betas = {0, 0}, .eps = 0, .weight_decay = 0.5});
  give(w, {3});
  optimizer.step();
  CHECK_TENSOR(w, values({1}, {1}));  // 2 * 0.75 - 0.5; shrunk after the step it would be 1.125
}

TEST_CASE("Adam: ten steps as in PyTorch", "[07.9][core]") {
  check_golden<Adam>({.lr = 0.1}, golden::adam);
  check_golden<Adam>({.lr = 0.1, .betas = {0.8, 0.95}, .eps = 1e-3, .weight_decay = 0.2},
                     golden::adam_l2);
}

TEST_CASE("AdamW: ten steps as in PyTorch", "[07.10][core]") {
  check_golden<AdamW>({.lr = 0.1}, golden::adamw);
  check_golden<AdamW>({.lr = 0.1, .betas = {0.8, 0.95}, .eps = 1e-3, .weight_decay = 0.2},
                      golden::adamw_decay);
}

TEST_CASE("Adam: two numbers for each parameter and no tensor after the first step",
          "[07.9][07.10][systems]") {
  const Tensor w = leaf(std::vector<real>(1000, 1));
  Adam adam({w});
  AdamW adamw({w});
  give(w, std::vector<real>(1000, 1));
  adam.step();
  adamw.step();
  CHECK(adam.state_bytes() == 2 * w.nbytes() + Index(sizeof(real)));  // and the count of steps
  const auto before = memory::stats().allocations;
  for (int i = 0; i < 5; ++i) {
    adam.step();
    adamw.step();
  }
  CHECK(memory::stats().allocations == before);
}
