// Observations of module 07: the loop over parameters, what is remembered, and each rule.
//
// The loop is seen with an optimizer of this file's own, the rules by the ways their parameters go.
#include <tinytorch/optimizers.hpp>

#include "gradients.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::Case;
using observe::leaf;
using observe::random_tensor;
using observe::see;
using observe::see_error;

namespace {

struct HeavyOptions {
  double lr = 0.1;
  double weight_decay = 0;
  static constexpr const char* optimizer = "Heavy";
  void check() const { detail::check_common(*this); }
  std::vector<std::string> state_names() const { return {"sum", "step"}; }
};

/// Adds all gradients up and goes down their sum.
class Heavy : public OptimizerWith<HeavyOptions> {
 public:
  explicit Heavy(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}
  bool recorded = false;  // whether a step ran while operations were recorded

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    recorded = recorded || grad_enabled();
    const real pace = static_cast<real>(o.lr / p.next_step());
    real* sum = p.buffer("sum");
    for (Index i = 0; i < p.count; ++i) {
      sum[i] += p.grad[i];
      p.value[i] -= pace * sum[i];
    }
  }
};

std::vector<Tensor> some_parameters(Case& c, Index least = 1) {
  std::vector<Tensor> parameters;
  for (Index i = c.whole(least, 3); i > 0; --i)
    parameters.push_back(leaf(random_tensor(c, c.shape(0, 2, 1, 3))));
  return parameters;
}

void give_gradient(const Tensor& parameter, const Tensor& gradient) {
  parameter.zero_grad();
  sum(parameter * gradient).backward();
}

void give_gradients(Case& c, const std::vector<Tensor>& parameters) {
  for (const Tensor& p : parameters) give_gradient(p, any_tensor(c, p.shape()));
}

void see_all(Case& c, const StateDict& dict) {
  see(c, dict.size());
  for (const auto& [name, tensor] : dict) {
    see(c, name);
    see(c, tensor);
  }
}

struct TwoGroups {
  std::vector<Tensor> all;
  std::unique_ptr<Heavy> optimizer;
};

TwoGroups two_groups(Case& c) {
  TwoGroups made;
  const std::vector<Tensor> first = some_parameters(c), second = some_parameters(c);
  made.all = first;
  made.all.insert(made.all.end(), second.begin(), second.end());
  std::vector<Heavy::ParamGroup> groups = {{first, {}}, {second, {.lr = c.number(0.2, 0.5)}}};
  made.optimizer = std::make_unique<Heavy>(std::move(groups));
  return made;
}

/// Where the parameters of one optimizer are after each of some steps.
template <class Made>
void see_way(Case& c, const typename Made::Options& options, Index steps = 4) {
  const std::vector<Tensor> parameters = some_parameters(c);
  Made optimizer(parameters, options);
  for (Index step = 0; step < steps; ++step) {
    give_gradients(c, parameters);
    optimizer.step();
    for (const Tensor& p : parameters) see(c, p);
  }
  see_all(c, optimizer.state_dict());
}

/// Scores of a small model that `make` has trained for some steps.
template <class Make>
void see_training(Case& c, Make make) {
  Rng rng(c.bits());
  const Sequential model{Linear(3, 4, rng), Tanh(), Linear(4, 2, rng)};
  const Tensor x = random_tensor(c, {5, 3}), target = random_tensor(c, {5, 2});
  const std::unique_ptr<Optimizer> optimizer = make(model.parameters());
  for (int step = 0; step < 4; ++step) {
    optimizer->zero_grad();
    const Tensor error = model(x) - target;
    const Tensor loss = mean(error * error);
    see(c, loss);
    loss.backward();
    optimizer->step();
  }
  see(c, optimizer->state_bytes());
}

}  // namespace

OBSERVE("07.1", "zero_grad of all groups") {
  const TwoGroups t = two_groups(c);
  give_gradients(c, t.all);
  t.optimizer->zero_grad();
  for (const Tensor& p : t.all) see(c, p.grad().defined());
}

OBSERVE("07.2", "step: who moves, with which memory") {
  const TwoGroups t = two_groups(c);
  for (int step = 0; step < 3; ++step) {
    for (const Tensor& p : t.all) {
      if (c.whole(0, 2) == 0) p.zero_grad();
      else give_gradient(p, any_tensor(c, p.shape()));
    }
    t.optimizer->step();
    for (const Tensor& p : t.all) see(c, p);
  }
  see(c, t.optimizer->recorded);
  see(c, grad_enabled());
  see(c, t.all[0].requires_grad());
}

OBSERVE("07.2", "step: old graphs are told, and no tensor is made") {
  const TwoGroups t = two_groups(c);
  give_gradients(c, t.all);
  t.optimizer->step();
  const Tensor& p = t.all[0];
  const Tensor before = sum(p * p);
  const auto allocations = memory::stats().allocations;
  t.optimizer->step();
  see(c, static_cast<Index>(memory::stats().allocations - allocations));
  see_error(c, [&] { before.backward(); });
}

OBSERVE("07.3", "state_dict: names over all groups, and whose memory it is") {
  const TwoGroups t = two_groups(c);
  for (const Tensor& p : t.all) {
    if (c.whole(0, 2) != 0) give_gradient(p, any_tensor(c, p.shape()));
  }
  t.optimizer->step();
  const StateDict dict = t.optimizer->state_dict();
  see_all(c, dict);
  t.optimizer->step();
  see_all(c, dict);
  for (const auto& [name, tensor] : t.optimizer->state_dict()) {
    const auto found = dict.find(name);
    see(c, found != dict.end() && found->second.shares_storage_with(tensor));
  }
}

OBSERVE("07.4", "load_state_dict: what was there goes, what comes is copied") {
  const TwoGroups t = two_groups(c);
  give_gradients(c, t.all);
  t.optimizer->step();
  StateDict given;
  for (std::size_t i = 0; i < t.all.size(); ++i) {
    if (c.whole(0, 2) == 0) continue;
    given[std::to_string(i) + ".sum"] = random_tensor(c, t.all[i].shape());
    given[std::to_string(i) + ".step"] = scalar(static_cast<real>(c.whole(1, 9)));
  }
  t.optimizer->load_state_dict(given);
  for (const auto& [name, tensor] : given) Tensor(tensor).fill_(7);  // the donor goes on
  see(c, t.optimizer->state_bytes());
  for (const Tensor& p : t.all) give_gradient(p, random_tensor(c, p.shape()));
  t.optimizer->step();
  for (const Tensor& p : t.all) see(c, p);
}

OBSERVE("07.4", "load_state_dict of what does not fit: nothing of it") {
  const TwoGroups t = two_groups(c);
  give_gradients(c, t.all);
  t.optimizer->step();
  const Tensor step = scalar(1), sum = random_tensor(c, t.all[0].shape());
  const std::vector<StateDict> wrong = {{{"0.sum", sum}},
                                        {{"0.sum", sum}, {"0.step", step}, {"0.more", sum}},
                                        {{"0.sum", random_tensor(c, {5, 5})}, {"0.step", step}},
                                        {{"99.sum", sum}},
                                        {{"sum", sum}}};
  for (const StateDict& given : wrong) see_error(c, [&] { t.optimizer->load_state_dict(given); });
  t.optimizer->step();
  for (const Tensor& p : t.all) see(c, p);
}

OBSERVE("07.5", "SGD without momentum") {
  see_way<SGD>(c, {.lr = c.number(0.01, 0.5)});
  see_way<SGD>(c, {.lr = c.number(0.01, 0.5), .weight_decay = c.number(0.1, 0.5)});
}

OBSERVE("07.6", "SGD with momentum, dampening, Nesterov's look ahead") {
  const double lr = c.number(0.01, 0.5), momentum = c.number(0.5, 0.95);
  see_way<SGD>(c, {.lr = lr, .momentum = momentum, .dampening = c.number(0.1, 0.9)});
  see_way<SGD>(c, {.lr = lr, .momentum = momentum, .nesterov = true, .weight_decay = 0.1});
}

OBSERVE("07.7", "RMSprop with any options") {
  const double lr = c.number(0.01, 0.1), alpha = c.number(0.5, 0.99);
  see_way<RMSprop>(c, {.lr = lr, .alpha = alpha, .eps = 1e-3});
  see_way<RMSprop>(c, {.lr = lr, .alpha = alpha, .eps = 0.1, .momentum = 0.5, .centered = true});
}

OBSERVE("07.7", "RMSprop of a gradient that never changes, and of one that is nan") {
  const Tensor w = leaf(random_tensor(c, {6}));
  RMSprop optimizer({w}, {.lr = 1e-3, .alpha = c.number(0.3, 0.9), .centered = true});
  const Tensor gradient = random_tensor(c, {6});
  for (int step = 0; step < 60; ++step) {
    give_gradient(w, gradient);
    optimizer.step();
  }
  const auto see_finite = [&] {
    for (Index i = 0; i < w.numel(); ++i) see(c, bool(std::isfinite(w.data()[i])));
  };
  see_finite();
  gradient.data()[c.whole(0, 5)] = std::numeric_limits<real>::quiet_NaN();
  give_gradient(w, gradient);
  optimizer.step();
  std::fill_n(w.data(), 6, real(1));  // what is remembered is still nan
  give_gradient(w, ones({6}));
  optimizer.step();
  see_finite();
}

OBSERVE("07.8", "bias_correction") {
  see(c, bias_correction(c.number(0.5, 0.99), 1));
  see(c, bias_correction(c.number(0.5, 0.99), static_cast<double>(c.whole(2, 20))));
  see(c, bias_correction(0.999, static_cast<double>(c.whole(2, 2000))));
  see(c, bias_correction(0, static_cast<double>(c.whole(1, 3))));
}

OBSERVE("07.9", "Adam with any options") {
  const double lr = c.number(0.01, 0.3);
  see_way<Adam>(c, {.lr = lr});
  see_way<Adam>(c, {.lr = lr,
                    .betas = {c.number(0.3, 0.95), c.number(0.5, 0.999)},
                    .eps = c.number(0.05, 0.5),
                    .weight_decay = c.coin() ? 0 : c.number(0.1, 0.5)});
}

OBSERVE("07.10", "AdamW: weights shrink beside the step") {
  const double lr = c.number(0.05, 0.3);
  see_way<AdamW>(c, {.lr = lr, .weight_decay = c.number(0.1, 0.9)});
  see_way<AdamW>(c, {.lr = lr, .betas = {0.8, 0.9}, .eps = 0.1});
}

OBSERVE("07.11", "Lion, and gradients of 0") {
  see_way<Lion>(c,
                {.lr = c.number(0.01, 0.1),
                 .betas = {c.number(0.3, 0.9), c.number(0.5, 0.99)},
                 .weight_decay = c.coin() ? 0 : c.number(0.1, 0.5)},
                6);
  const Tensor w = leaf(random_tensor(c, {3}));
  Lion optimizer({w}, {.lr = 0.1});
  for (int step = 0; step < 2; ++step) {
    give_gradient(w, observe::tensor_of({0, c.number(), 0}, {3}));
    optimizer.step();
    see(c, w);
  }
}

OBSERVE("07.12", "newton_schulz of wide and tall matrices, and what tall ones cost") {
  const Tensor g = any_tensor(c, {c.whole(1, 6), c.whole(1, 6)});
  see(c, newton_schulz(g, c.whole(1, 3)));
  see(c, newton_schulz(g.transpose(0, 1), c.whole(1, 3)));
  const auto cost = [](const Tensor& matrix) {
    const FlopCounter counter;
    (void)newton_schulz(matrix, 2);
    return counter.of("matmul");
  };
  see(c, cost(g) == cost(g.transpose(0, 1)));
}

OBSERVE("07.12", "Muon") {
  const Tensor w = leaf(random_tensor(c, {c.whole(1, 5), c.whole(1, 5)}));
  Muon optimizer({w}, {.lr = 0.1, .nesterov = c.coin(), .weight_decay = 0.1, .steps = 3});
  for (int step = 0; step < 3; ++step) {
    give_gradient(w, random_tensor(c, w.shape()));
    optimizer.step();
    see(c, w);
  }
}

OBSERVE("07", "a model trained by each optimizer") {
  using Parameters = const std::vector<Tensor>&;
  see_training(c, [](Parameters p) { return std::make_unique<SGD>(p, SGDOptions{.lr = 0.1}); });
  see_training(c, [](Parameters p) {
    return std::make_unique<SGD>(p, SGDOptions{.lr = 0.1, .momentum = 0.9, .nesterov = true});
  });
  see_training(c, [](Parameters p) { return std::make_unique<RMSprop>(p); });
  see_training(c, [](Parameters p) { return std::make_unique<Adam>(p, AdamOptions{.lr = 0.1}); });
  see_training(c, [](Parameters p) { return std::make_unique<AdamW>(p, AdamWOptions{.lr = 0.1}); });
}

OBSERVE("07", "saved, loaded, gone on with; and parameters and options that cannot be") {
  const std::vector<Tensor> mine = some_parameters(c);
  std::vector<Tensor> theirs;
  AdamW first(mine, {.lr = 0.1});
  give_gradients(c, mine);
  first.step();
  for (const Tensor& p : mine) theirs.push_back(leaf(p.detach().clone()));
  AdamW second(theirs, {.lr = 0.1});
  second.load_state_dict(first.state_dict());
  second.set_lr(c.number(0.01, 0.2));
  see(c, second.lr());
  give_gradients(c, theirs);
  second.step();
  for (const Tensor& p : theirs) see(c, p);
  for (const Tensor& p : mine) see(c, p);

  const Tensor w = leaf(random_tensor(c, {2, 3})), v = leaf(random_tensor(c, {3}));
  see_error(c, [&] { const SGD optimizer({w, w}); });
  see_error(c, [&] { const SGD optimizer({w * 2}); });
  see_error(c, [&] { const SGD optimizer({w.detach()}); });
  see_error(c, [&] { const SGD optimizer(std::vector<Tensor>{}); });
  see_error(c, [&] { const Adam optimizer({w}, {.lr = -c.number(0.1, 1)}); });
  see_error(c, [&] { const Adam optimizer({w}, {.betas = {c.number(1, 2), 0.9}}); });
  see_error(c, [&] { const SGD optimizer({w}, {.nesterov = true}); });
  SGD optimizer({w});
  see_error(c, [&] { optimizer.add_param_group({w}); });
  optimizer.add_param_group({v}, {.lr = 0.5});
  see(c, optimizer.group_count());
  see_error(c, [&] { optimizer.set_lr(0.1, 2); });
}
