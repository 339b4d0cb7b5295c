// 07_optimizers / optimizer.hpp: what all optimizers share.
//
//   SGD optimizer(model.parameters(), {.lr = 0.1, .momentum = 0.9});
//   optimizer.zero_grad();  loss.backward();  optimizer.step();
// The base class owns the loop over parameters and the memory of each; a derived class owns one
// formula. OptimizerWith<Options> stands between them and holds the groups, each with options of
// its own.
// In PyTorch: torch/optim/optimizer.py, Optimizer
#pragma once
#include <cmath>
#include <initializer_list>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/parameter_update.hpp>

namespace tinytorch {

class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// A copy would move the same parameters with a second memory of its own.
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Forgets the gradients of all parameters, of every group.
  ///
  /// Goal        A new batch starts from nothing: backward adds to what it finds.
  /// Background  The gradient becomes undefined, not 0. That frees its memory, and step() can tell
  ///             "no gradient" from "a gradient of 0", which momentum and weight decay treat
  ///             differently.
  /// In PyTorch  zero_grad(set_to_none = True), the default since 2.0
  void zero_grad() const {
    // TODO(07.1): zero_grad() each parameter of each group.
    // HINT: group_count() and params(group).
    // BEGIN SOLUTION 07.1
    for (Index group = 0; group < group_count(); ++group) {
      for (const Tensor& parameter : params(group)) parameter.zero_grad();
    }
    // END SOLUTION 07.1
  }

  /// Moves every parameter that has a gradient by the rule of this optimizer.
  ///
  /// Goal        The one place where weights change; the rule itself sees plain numbers.
  /// Background  A parameter is a leaf that requires grad. Changing it in place is allowed only
  ///             while nothing is recorded, and must be announced: a graph that kept the old
  ///             numbers may still want to go back.
  /// Cost        one pass over parameters, gradients and memory; no tensor is made after the first
  ///             step
  void step() {
    require_known_groups();
    std::size_t index = 0;  // of the parameter, over all groups
    // TODO(07.2): under NoGrad, for each parameter of each group: skip it if its grad() is
    // undefined; otherwise about_to_write(parameter, "step"), then update(group, ...).
    // HINT: ParameterUpdate takes the parameter, its gradient and state_[index].
    // HINT: a skipped parameter has its place in state_, too.
    // BEGIN SOLUTION 07.2
    const NoGrad no_grad;
    for (Index group = 0; group < group_count(); ++group) {
      for (const Tensor& parameter : params(group)) {
        StateDict& memory = state_[index++];
        if (!parameter.grad().defined()) continue;
        const Tensor gradient = parameter.grad().contiguous();
        about_to_write(parameter, "step");
        ParameterUpdate p(parameter, gradient, memory);
        update(group, p);
      }
    }
    // END SOLUTION 07.2
  }

  /// What this optimizer remembers, as "0.exp_avg": the number of the parameter over all groups,
  /// and the name of the buffer.
  ///
  /// Goal        All there is to save beside the model, so that training resumes exactly.
  /// Background  As Module::state_dict: the tensors share memory with the optimizer; clone() them
  ///             for a snapshot. A parameter that never had a gradient has no entry. Learning rates
  ///             and other options are no tensors: whoever makes the optimizer again gives them
  ///             again.
  /// Examples    Adam after a step with w, b -> "0.exp_avg", "0.exp_avg_sq", "0.step", "1.exp_avg"...
  StateDict state_dict() const {
    StateDict dict;
    // TODO(07.3): every entry of every state_[i], under its dotted name.
    // HINT: std::to_string(i) + "." + name
    // BEGIN SOLUTION 07.3
    for (std::size_t i = 0; i < state_.size(); ++i) {
      for (const auto& [name, tensor] : state_[i]) dict[std::to_string(i) + "." + name] = tensor;
    }
    // END SOLUTION 07.3
    return dict;
  }

  /// Replaces what this optimizer remembers by a copy of `given`; all of it, or nothing and an
  /// error.
  ///
  /// Goal        Resume as if training had never stopped: the same numbers, bit for bit.
  /// Background  An Adam that loses its averages takes its next steps as large as its first ones,
  ///             in the middle of training.
  void load_state_dict(const StateDict& given) {
    require_known_groups();
    std::vector<StateDict> loaded(state_.size());
    // TODO(07.4): put a clone of each tensor into `loaded`; check_state(loaded); then state_.
    // HINT: split_key(key) gives {index, name}, or throws.
    // HINT: a clone, because the donor goes on training.
    // BEGIN SOLUTION 07.4
    for (const auto& [key, tensor] : given) {
      const auto [index, name] = split_key(key);
      loaded[index][name] = tensor.clone();
    }
    check_state(loaded);
    state_ = std::move(loaded);
    // END SOLUTION 07.4
  }

  virtual Index group_count() const = 0;

  /// The parameters of one group.
  virtual const std::vector<Tensor>& params(Index group) const = 0;

  virtual double lr(Index group = 0) const = 0;
  virtual void set_lr(double lr, Index group) = 0;
  void set_lr(double lr) {
    for (Index group = 0; group < group_count(); ++group) set_lr(lr, group);
  }

  /// Bytes of what is remembered, counted.
  Index state_bytes() const {
    Index bytes = 0;
    for (const StateDict& memory : state_) {
      for (const auto& [name, tensor] : memory) bytes += tensor.nbytes();
    }
    return bytes;
  }

 protected:
  Optimizer() = default;

  /// The rule: changes p.value, and the buffers of p. Nothing is recorded while it runs.
  virtual void update(Index group, ParameterUpdate& p) = 0;

  virtual const char* name() const = 0;

  /// The names of the buffers that update() keeps with the options of this group.
  virtual std::vector<std::string> state_names(Index group) const = 0;

  [[noreturn]] void fail(const std::string& who, const std::string& words) const {
    throw ValueError(std::string(name()) + who + ": expects " + words);
  }

  /// Refuses a list of parameters that could not be moved, or would be moved twice.
  void check_new_params(const std::vector<Tensor>& added) const {
    if (added.empty()) fail("", "at least one parameter, got an empty list");
    std::vector<Tensor> known;
    for (Index group = 0; group < group_count(); ++group) {
      known.insert(known.end(), params(group).begin(), params(group).end());
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
      const Tensor& t = added[i];
      const std::string which = "parameter " + std::to_string(i);
      if (!t.defined()) fail("", "tensors, got an undefined " + which);
      if (!t.is_leaf()) {
        fail("", "leaves, got " + which + ", the result of '" + t.autograd()->op->name() +
                     "'\n  hint: detach() it, then set_requires_grad(true)");
      }
      if (!t.requires_grad()) {
        fail("", "parameters that require grad, got " + which + " of shape " +
                     to_string(t.shape()) + " that does not\n  hint: set_requires_grad(true)");
      }
      if (!t.is_contiguous()) {
        fail("", "contiguous memory, got " + which + " of shape " + to_string(t.shape()) +
                     " with strides " + to_string(t.strides()));
      }
      for (const Tensor& other : known) {
        if (t.autograd() != other.autograd()) continue;
        fail("", "each parameter once, got " + which + " of shape " + to_string(t.shape()) +
                     " a second time\n  hint: it would be moved twice in each step");
      }
      known.push_back(t);
    }
  }

  void remember(std::size_t more) { state_.resize(state_.size() + more); }

  void check_group(Index group) const {
    if (group >= 0 && group < group_count()) return;
    throw IndexError(std::string(name()) + ": expects a group in [0, " +
                     std::to_string(group_count() - 1) + "], got " + std::to_string(group));
  }

 private:
  /// {12, "exp_avg"} of "12.exp_avg".
  std::pair<std::size_t, std::string> split_key(const std::string& key) const {
    std::istringstream in(key);
    Index index = -1;
    char dot = 0;
    std::string rest;
    if (!(in >> index >> dot >> rest) || dot != '.' || index < 0 ||
        index >= static_cast<Index>(state_.size())) {
      fail("::load_state_dict", "keys from \"0.\" to \"" + std::to_string(state_.size() - 1) +
                                    ".\" and the name of a buffer, got \"" + key + "\"");
    }
    return {static_cast<std::size_t>(index), rest};
  }

  /// Each parameter has no memory yet, or exactly the buffers of its group's options, in its shape.
  void check_state(const std::vector<StateDict>& loaded) const {
    std::size_t index = 0;
    for (Index group = 0; group < group_count(); ++group) {
      const std::vector<std::string> names = state_names(group);
      for (const Tensor& owner : params(group)) {
        const StateDict& memory = loaded[index];
        const std::string prefix = "\"" + std::to_string(index++) + ".";
        if (memory.empty()) continue;
        for (const std::string& expected : names) {
          if (memory.count(expected) != 0) continue;
          fail("::load_state_dict", prefix + expected + "\", got none beside \"" +
                                        prefix.substr(1) + memory.begin()->first + "\"");
        }
        for (const auto& [name, tensor] : memory) {
          bool known = false;
          for (const std::string& expected : names) known = known || name == expected;
          if (!known) {
            fail("::load_state_dict",
                 "what it remembers itself with these options, got " + prefix + name + "\"");
          }
          const Shape shape = name == "step" ? Shape{} : owner.shape();
          if (tensor.shape() == shape) continue;
          fail("::load_state_dict", prefix + name + "\" of shape " + to_string(shape) + ", got " +
                                        to_string(tensor.shape()));
        }
      }
    }
  }

  /// Parameters come in by add_param_group alone, or their memory would be another one's.
  void require_known_groups() const {
    std::size_t count = 0;
    for (Index group = 0; group < group_count(); ++group) count += params(group).size();
    if (count == state_.size()) return;
    fail("", std::to_string(state_.size()) + " parameters, got " + std::to_string(count) +
                 "\n  hint: add_param_group is the way to add more");
  }

  std::vector<StateDict> state_;  // one for each parameter, group after group
};

/// An optimizer whose groups have these options: params, checks and learning rates. Given code.
template <class GroupOptions>
class OptimizerWith : public Optimizer {
 public:
  using Options = GroupOptions;
  struct ParamGroup {
    std::vector<Tensor> params;
    Options options;
  };

  /// Options may be changed between steps: optimizer.param_groups[0].options.momentum = 0.95.
  std::vector<ParamGroup> param_groups;

  /// Further parameters, with options of their own.
  void add_param_group(std::vector<Tensor> added, const Options& options = {}) {
    check_new_params(added);
    options.check();
    if constexpr (requires { options.check_parameter(added[0]); }) {
      for (const Tensor& parameter : added) options.check_parameter(parameter);
    }
    remember(added.size());
    param_groups.push_back({std::move(added), options});
  }

  Index group_count() const final { return static_cast<Index>(param_groups.size()); }

  const std::vector<Tensor>& params(Index group) const final { return at(group).params; }

  double lr(Index group = 0) const final { return at(group).options.lr; }

  using Optimizer::set_lr;
  void set_lr(double lr, Index group) final {
    Options changed = at(group).options;
    changed.lr = lr;
    changed.check();
    param_groups[static_cast<std::size_t>(group)].options = changed;
  }

 protected:
  OptimizerWith(std::vector<Tensor> parameters, const Options& options) {
    add_param_group(std::move(parameters), options);
  }
  explicit OptimizerWith(std::vector<ParamGroup> groups) {
    if (groups.empty()) fail("", "at least one group of parameters, got none");
    for (ParamGroup& group : groups) add_param_group(std::move(group.params), group.options);
  }

  /// The rule, with the options of the parameter's group.
  virtual void update(const Options& o, ParameterUpdate& p) = 0;

 private:
  const char* name() const final { return Options::optimizer; }
  std::vector<std::string> state_names(Index group) const final {
    return at(group).options.state_names();
  }
  void update(Index group, ParameterUpdate& p) final { update(at(group).options, p); }

  const ParamGroup& at(Index group) const {
    check_group(group);
    return param_groups[static_cast<std::size_t>(group)];
  }
};

namespace detail {

/// Refuses a value of an option: "SGD: expects lr >= 0, got -1".
inline void check_option(const char* optimizer, bool holds, const char* expected, double got) {
  if (holds) return;
  std::ostringstream text;
  text << optimizer << ": expects " << expected << ", got " << got;
  throw ValueError(text.str());
}

/// What every optimizer asks of its options; !(x >= 0) also refuses NaN.
template <class Options>
void check_common(const Options& o) {
  check_option(Options::optimizer, o.lr >= 0 && std::isfinite(o.lr), "a finite lr >= 0", o.lr);
  check_option(Options::optimizer, o.weight_decay >= 0, "weight_decay >= 0", o.weight_decay);
}

template <class Options>
void check_betas(const Options& o) {
  for (const double beta : o.betas) {
    check_option(Options::optimizer, beta >= 0 && beta < 1, "betas in [0, 1)", beta);
  }
}

}  // namespace detail

}  // namespace tinytorch
