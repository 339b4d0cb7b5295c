// 07_optimizers / lion.hpp and muon.hpp: the stretch blanks.
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::check_golden;
using steps::give;
using steps::leaf;

TEST_CASE("Lion: every number moves by lr or not at all", "[07.11][core]") {
  const Tensor w = leaf({0, 0, 0});
  Lion optimizer({w}, {.lr = 0.5});
  give(w, {1e-6f, -1000, 0});
  optimizer.step();
  CHECK_TENSOR(w, values({-0.5, 0.5, 0}, {3}));
  CHECK(optimizer.state_bytes() == w.nbytes());
}

TEST_CASE("Lion: looks with one beta and remembers with the other", "[07.11][core]") {
  const Tensor w = leaf({0});
  Lion optimizer({w}, {.lr = 1, .betas = {0.5, 0.75}});
  give(w, {4});
  optimizer.step();
  CHECK_TENSOR(optimizer.state_dict().at("0.exp_avg"), values({1}, {1}));  // 0.25 * 4
  give(w, {-0.9f});
  optimizer.step();  // c = 0.5 * 1 - 0.5 * 0.9 > 0: on, against the gradient
  CHECK_TENSOR(w, values({-2}, {1}));
  CHECK_TENSOR(optimizer.state_dict().at("0.exp_avg"), values({0.525f}, {1}));  // 0.75 * 1 - 0.25 * 0.9
}

TEST_CASE("Lion: what lies behind a parameter in memory stays", "[07.11][edge]") {
  const Tensor memory = tensor({1, 2, 7}), w = steps::first_two(memory);
  Lion optimizer({w}, {.lr = 0.5, .weight_decay = 1});
  give(w, {0, 0});
  optimizer.step();
  CHECK_TENSOR(memory, values({0.5, 1, 7}, {3}));
}

TEST_CASE("Lion: ten steps by its published formula", "[07.11][core]") {
  check_golden<Lion>({.lr = 0.05, .weight_decay = 0.2}, golden::lion);
}

TEST_CASE("newton_schulz: singular values of any size come near 1", "[07.12][core]") {
  const Tensor even = newton_schulz(tensor({3, 0, 0, 0.3f}, {2, 2}));
  CHECK(even.at({0, 0}) > 0.65f);
  CHECK(even.at({0, 0}) < 1.25f);
  CHECK(even.at({1, 1}) > 0.65f);
  CHECK(even.at({1, 1}) < 1.25f);
  CHECK_TENSOR(even.select(0, 0).slice(0, 1, 2), values({0}, {1}));
}

TEST_CASE("newton_schulz: a tiny gradient keeps its direction", "[07.12][edge]") {
  // Its norm is half of the 1e-7: added, x begins with 1/3; taken away, with -1.
  CHECK(newton_schulz(tensor({5e-8f}, {1, 1})).item() > 0.65f);
}

TEST_CASE("newton_schulz: one round by hand", "[07.12][core]") {
  // [[3, 0], [0, 4]] / 5: x = 0.6 and 0.8; a x + b x^3 + c x^5
  const Tensor one = newton_schulz(tensor({3, 0, 0, 4}, {2, 2}), 1);
  CHECK_TENSOR(one, values({1.19326944, 0, 0, 0.97648192}, {2, 2}));
}

TEST_CASE("newton_schulz: tall and wide agree and zeros stay", "[07.12][edge]") {
  Rng rng(7);
  const Tensor tall = randn({5, 2}, rng);
  const Tensor even = newton_schulz(tall);
  CHECK_SHAPE(even, {5, 2});
  CHECK_TENSOR(newton_schulz(tall.transpose(0, 1)), even.transpose(0, 1));
  CHECK_TENSOR(newton_schulz(zeros({2, 3})), values({0, 0, 0, 0, 0, 0}, {2, 3}));
  const FlopCounter counter;
  (void)newton_schulz(tall, 1);
  // x [2, 5], not [5, 2]: x x^T, its square, their product with x
  CHECK(counter.of("matmul") == 40 + 16 + 40);
}

TEST_CASE("Muon: ten steps by its published formula", "[07.12][core]") {
  const Tensor wide = steps::parameters()[0], tall = steps::parameters({3, 2})[0];
  Muon one({wide}, {.lr = 0.05, .momentum = 0.9, .weight_decay = 0.2});
  Muon two({tall}, {.lr = 0.05, .momentum = 0.9, .nesterov = false});
  steps::ten_steps(one, {wide});
  steps::ten_steps(two, {tall});
  CHECK_TENSOR_NEAR(wide, steps::part(golden::muon_wide, 6, {2, 3}), 1e-5);
  CHECK_TENSOR_NEAR(tall, steps::part(golden::muon_tall, 6, {3, 2}), 1e-5);
}
