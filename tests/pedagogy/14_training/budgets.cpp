// 14_training / memory_plan.hpp, ema.hpp: bytes before they are needed; weights averaged over steps.
#include <tinytorch/training/ema.hpp>
#include <tinytorch/training/memory_plan.hpp>
#include "../pedagogy/14_training/runs.hpp"

using namespace tinytorch;
using namespace tt_test;
using runs::Net;

namespace {

/// A wider network, so that the numbers are not all headers.
class Wide : public Module {
 public:
  explicit Wide(Rng& rng)
      : in(child("in", Linear(20, 50, rng))),
        drop(child("drop", Dropout(0.5, rng))),
        out(child("out", Linear(50, 10, rng))),
        steps(buffer("steps", zeros({7}))) {}
  Tensor forward(const Tensor& x) const override {
    steps.select(0, 0).copy_(steps.select(0, 0).clone() + 1);  // as a running mean would change
    return out(drop(tanh(in(x))));
  }
  const Linear in;
  const Dropout drop;
  const Linear out;
  const Tensor steps;
};

Tensor loss_of(const Wide& net, Index batch) {
  const Tensor x = ones({batch, 20});
  return mean(net(x) * net.out.bias);
}

Index live() { return static_cast<Index>(memory::stats().live_bytes); }

bool within_two_percent(Index predicted, Index counted) {
  return std::abs(double(predicted) - double(counted)) <= 0.02 * double(counted);
}

}  // namespace

TEST_CASE("memory_plan: what a real step needs to within 2 percent", "[14.16][core]") {
  Rng rng(1);
  const Wide net(rng);
  AdamW optimizer(net.parameters());
  const Index batch = 64;
  const MemoryPlan plan = memory_plan(net, batch, [&](Index n) { return loss_of(net, n); });

  const Index before = live();
  Tensor loss = loss_of(net, batch);
  const Index activations = live() - before;
  loss.backward();
  loss = Tensor();
  const Index gradients = live() - before;
  optimizer.step();
  const Index optimizer_state = live() - before - gradients;
  CHECK(within_two_percent(plan.parameters,
                           1560 * Index(sizeof(real))));  // 20 * 50 + 50 + 50 * 10 + 10
  CHECK(within_two_percent(plan.gradients, gradients));
  CHECK(within_two_percent(plan.optimizer, optimizer_state));
  CHECK(within_two_percent(plan.activations, activations));
  CHECK(plan.buffers == 7 * Index(sizeof(real)));
  CHECK(plan.total() ==
        plan.parameters + plan.gradients + plan.optimizer + plan.activations + plan.buffers);
}

TEST_CASE("memory_plan: a straight line through one and two examples", "[14.16][core]") {
  Rng rng(1);
  const Wide net(rng);
  std::string asked;
  const auto kept = [&](Index n) {  // 75 numbers once and 50 an example
    asked += std::to_string(n) + " ";
    return empty({75 + 50 * n});
  };
  const Index unit = sizeof(real);
  CHECK(memory_plan(net, 10, kept).activations == 575 * unit);
  CHECK(memory_plan(net, 1, kept).activations == 125 * unit);
  CHECK(memory_plan(net, 0, kept).activations == 75 * unit);
  CHECK(asked.find("10") == std::string::npos);  // it was never made
}

TEST_CASE("memory_plan: the optimizer's part follows its options", "[14.16][edge]") {
  Rng rng(1);
  const Wide net(rng);
  const auto loss = [&](Index n) { return loss_of(net, n); };
  const Index weights = 1560 * Index(sizeof(real));
  CHECK(memory_plan(net, 2, loss, {.optimizer_numbers = 0}).optimizer == 0);
  CHECK(memory_plan(net, 2, loss, {.optimizer_numbers = 1}).optimizer == weights);
  CHECK(memory_plan(net, 2, loss).optimizer == 2 * weights);
}

TEST_CASE("memory_plan: leaves no trace in the model", "[14.16][systems]") {
  Rng rng(1);
  const Wide net(rng);
  net.eval();
  const Rng::State state = net.named_generators()[0].second->state();
  const Index before = live();
  bool trained = false;
  (void)memory_plan(net, 8, [&](Index n) {
    trained = trained || net.is_training();
    return loss_of(net, n);
  });
  CHECK(live() == before);
  CHECK(trained);  // dropout's masks are part of the bill
  CHECK_FALSE(net.is_training());
  CHECK(net.named_generators()[0].second->state() == state);
  CHECK_TENSOR(net.steps, values({0, 0, 0, 0, 0, 0, 0}, {7}));
}

TEST_CASE("EmaWeights: a share of the new weights in each step", "[14.17][core]") {
  Rng rng(1);
  const Linear layer(2, 1, rng, {.bias = false});
  layer.load_state_dict({{"weight", tensor({1, -2}, {1, 2})}});
  EmaWeights average(layer, {.decay = 0.75});
  layer.load_state_dict({{"weight", tensor({5, 2}, {1, 2})}});
  average.update();
  CHECK_TENSOR(average.state_dict().at("weight"), values({2, -1}, {1, 2}));  // 0.75 * 1 + 0.25 * 5
  average.update();
  CHECK_TENSOR(average.state_dict().at("weight"), values({2.75, -0.25}, {1, 2}));
  CHECK_TENSOR(layer.weight.detach(), values({5, 2}, {1, 2}));  // the model keeps its own
}

TEST_CASE("EmaWeights: is part of a checkpoint and records nothing",
          "[14.17][14.12][14.13][edge]") {
  Rng rng(1), again(1);
  const Net net(rng), copy(again);
  SGD optimizer(net.parameters(), {.lr = 0.3}), second(copy.parameters(), {.lr = 0.3});
  Trainer trainer(net, optimizer, {.max_steps = 4}), resumed(copy, second, {.max_steps = 4});
  const auto average = std::make_shared<EmaWeights>(net, EmaWeightsOptions{.decay = 0.5});
  const auto other = std::make_shared<EmaWeights>(copy, EmaWeightsOptions{.decay = 0.5});
  trainer.add(average);
  resumed.add(other);
  trainer.fit(runs::losses(net));
  resumed.restore(trainer.snapshot());
  for (const auto& [name, t] : average->state_dict()) {
    CHECK_TENSOR_NEAR(other->state_dict().at(name), t, 0);
    CHECK_FALSE(t.requires_grad());
  }
  CHECK(average->state_dict().at("in.weight").at({0, 0}) != net.in.weight.at({0, 0}));
  CHECK_THROWS_WITH(EmaWeights(net, {.decay = 1}), contains("decay in [0, 1)"));
}
