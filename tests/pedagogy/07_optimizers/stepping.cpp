// 07_optimizers / optimizer.hpp: zero_grad and step, whatever the rule.
//
// The rule here is made in this file: 07.1 and 07.2 are enough.
#include "../pedagogy/07_optimizers/steps.hpp"

using namespace tinytorch;
using namespace tt_test;
using steps::give;
using steps::leaf;

namespace {

struct CountdownOptions {
  double lr = 1;
  double weight_decay = 0;
  static constexpr const char* optimizer = "Countdown";
  void check() const { detail::check_common(*this); }
  std::vector<std::string> state_names() const { return {"step"}; }
};

/// w -= lr * step * g, and remembers whether anybody was recording.
class Countdown : public OptimizerWith<CountdownOptions> {
 public:
  explicit Countdown(std::vector<Tensor> p, const Options& o = {})
      : OptimizerWith(std::move(p), o) {}
  explicit Countdown(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}
  bool recorded = false;

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    recorded = recorded || grad_enabled();
    const real pace = static_cast<real>(o.lr * p.next_step());
    for (Index i = 0; i < p.count; ++i) p.value[i] -= pace * p.grad[i];
  }
};

}  // namespace

TEST_CASE("step: two steps worked by hand", "[07.2][core]") {
  const Tensor w = leaf({1, 2});
  Countdown optimizer({w}, {.lr = 0.5});
  give(w, {2, -4});
  optimizer.step();
  CHECK_TENSOR(w, values({0, 4}, {2}));  // 1 - 0.5 * 1 * 2, 2 + 0.5 * 1 * 4
  give(w, {1, 1});
  optimizer.step();
  CHECK_TENSOR(w, values({-1, 3}, {2}));        // the second step counts double
  CHECK_TENSOR(w.grad(), values({1, 1}, {2}));  // and leaves the gradient as it is
}

TEST_CASE("step: every group moves with its own options", "[07.2][core]") {
  const Tensor a = leaf({1}), b = leaf({1}), c = leaf({1});
  Countdown optimizer({{{a, b}, {.lr = 1}}, {{c}, {.lr = 10}}});
  for (const Tensor& t : {a, b, c}) give(t, {1});
  optimizer.step();
  CHECK_TENSOR(a, values({0}, {1}));
  CHECK_TENSOR(b, values({0}, {1}));
  CHECK_TENSOR(c, values({-9}, {1}));
}

TEST_CASE("step: a parameter without a gradient keeps its numbers and its place", "[07.2][edge]") {
  const Tensor a = leaf({5}), b = leaf({5});
  Countdown optimizer({a, b});
  give(b, {1});
  optimizer.step();
  CHECK_TENSOR(a, values({5}, {1}));
  CHECK_TENSOR(b, values({4}, {1}));
  give(a, {1});
  optimizer.step();
  CHECK_TENSOR(a, values({4}, {1}));  // its own first step, not b's second
  CHECK_TENSOR(b, values({2}, {1}));  // 4 - 2
}

TEST_CASE("step: the rule runs unrecorded and recording goes on afterwards", "[07.2][core]") {
  const Tensor w = leaf({1});
  Countdown optimizer({w});
  give(w, {1});
  const Index nodes = graph_node_count();
  optimizer.step();
  CHECK_FALSE(optimizer.recorded);
  CHECK(graph_node_count() == nodes);
  CHECK(w.is_leaf());
  CHECK((w * w).requires_grad());
}

TEST_CASE("step: a graph that kept the old numbers refuses to go back", "[07.2][errors]") {
  const Tensor w = leaf({3}), other = leaf({3});
  Countdown optimizer({w});
  const Tensor loss = sum(w * w), elsewhere = sum(other * other);
  give(w, {1});
  optimizer.step();
  CHECK_THROWS_WITH(loss.backward(), contains("changed in place after it was used"));
  elsewhere.backward();
  CHECK_TENSOR(other.grad(), values({6}, {1}));
}

TEST_CASE("zero_grad: forgets the gradients of all groups and frees them", "[07.1][core]") {
  const Tensor a = leaf({1, 2}), b = leaf({3}), c = leaf({4}), outside = leaf({5});
  Countdown optimizer({{{a, b}, {}}, {{c}, {}}});
  give(a, {1, 1});
  for (const Tensor& t : {b, c, outside}) give(t, {1});
  const auto before = memory::stats().live_bytes;
  optimizer.zero_grad();
  CHECK(before - memory::stats().live_bytes == 4 * sizeof(real));
  for (const Tensor& t : {a, b, c}) CHECK_FALSE(t.grad().defined());
  CHECK_TENSOR(outside.grad(), values({1}, {1}));
}

TEST_CASE("zero_grad: without it gradients of two batches add up", "[07.1][07.2][core]") {
  const Tensor w = leaf({10});
  Countdown optimizer({w});
  for (int batch = 0; batch < 2; ++batch) sum(w * 2).backward();
  optimizer.step();
  CHECK_TENSOR(w, values({6}, {1}));
  optimizer.zero_grad();
  optimizer.step();  // nothing to step by
  CHECK_TENSOR(w, values({6}, {1}));
  sum(w).backward();
  optimizer.step();
  CHECK_TENSOR(w, values({4}, {1}));  // its second step: 2 * 1
}

TEST_CASE("set_lr: all groups or one and never a negative one", "[07.2][core]") {
  const Tensor a = leaf({0}), b = leaf({0});
  Countdown optimizer({{{a}, {.lr = 1}}, {{b}, {.lr = 2}}});
  optimizer.set_lr(3);
  CHECK(optimizer.lr(0) == 3);
  CHECK(optimizer.lr(1) == 3);
  optimizer.set_lr(4, 1);
  CHECK(optimizer.lr() == 3);
  CHECK_THROWS_WITH(optimizer.set_lr(-1), contains("Countdown: expects a finite lr >= 0, got -1"));
  CHECK_THROWS_WITH(optimizer.lr(2), contains("expects a group in [0, 1], got 2"));
  CHECK(optimizer.lr() == 3);
  give(a, {1});
  give(b, {1});
  optimizer.step();
  CHECK_TENSOR(a, values({-3}, {1}));
  CHECK_TENSOR(b, values({-4}, {1}));
}
