// 05_layers / module.hpp: class Module, something with parameters that maps a tensor to a tensor.
//
//   class Mlp : public Module {
//    public:
//     explicit Mlp(Rng& rng)
//         : hidden(child("hidden", Linear(64, 32, rng))), out(child("out", Linear(32, 10, rng))) {}
//     Tensor forward(const Tensor& x) const override { return out(relu(hidden(x))); }  // [B, 10]
//     const Linear hidden, out;
//   };
// A Module is a handle, as Tensor is: copying one copies a pointer, and both copies are the same
// module. parameter(), buffer() and child() initialise a member and register it, in one expression.
#pragma once
#include <concepts>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/layers/table.hpp>
#include <tinytorch/layers/tree.hpp>

namespace tinytorch {

class Module {
 public:
  virtual ~Module() = default;

  /// Another module cannot take this one's place: a parent would go on listing the parameters of
  /// the old one. (A copy is the same module; std::optional and std::unique_ptr can be refilled.)
  Module& operator=(const Module&) = delete;

  /// What the module computes. A module with several inputs has an overload of its own instead.
  virtual Tensor forward(const Tensor& /*x*/) const {
    throw Error("forward: expects a module of one input, got one that takes others\n"
                "  hint: call the overload of forward that the module's class declares");
  }
  Tensor operator()(const Tensor& x) const { return forward(x); }

  /// Every parameter of the tree once, in order of registration, dotted names: "fc1.weight".
  NamedTensors named_parameters() const { return collected(&detail::ModuleState::parameters); }

  /// Likewise what is not learned but belongs to a checkpoint.
  NamedTensors named_buffers() const { return collected(&detail::ModuleState::buffers); }

  /// Likewise the random generators: whoever saves and restores their states can resume exactly.
  Named<std::shared_ptr<Rng>> named_generators() const {
    return collected(&detail::ModuleState::generators);
  }

  std::vector<Tensor> parameters() const { return without_names(named_parameters()); }
  std::vector<Tensor> buffers() const { return without_names(named_buffers()); }

  /// How many numbers are learned.
  Index parameter_count() const {
    Index count = 0;
    for (const Tensor& parameter : parameters()) count += parameter.numel();
    return count;
  }

  /// Forgets the gradients.
  void zero_grad() const {
    for (const Tensor& parameter : parameters()) parameter.zero_grad();
  }

  // A module's const says which module it is, not what the module holds (as with a `T* const`), so
  // that a const member can be told to train or to load.

  /// Dropout and batch normalisation behave differently while training. Reaches the whole tree.
  void train(bool on = true) const { detail::set_training(*state_, on); }
  void eval() const { train(false); }
  bool is_training() const { return state_->training; }

  /// Parameters and buffers by name.
  ///
  /// Goal        All there is to save. Saving is done at once, so nothing is copied.
  /// Background  The tensors share memory with the module: change the one, and the other changes.
  ///             They are detached: no graph, no gradient. clone() them for a snapshot.
  /// Examples    Linear(3, 2, rng).state_dict() -> {"bias": [2], "weight": [2, 3]}
  /// Cost        no number is copied
  /// In PyTorch  Module.state_dict; a tied tensor appears there under each of its names, here once
  StateDict state_dict() const {
    // TODO(05.4): a StateDict of all named parameters and named buffers.
    // HINT: detach() is the same memory outside the graph.
    // BEGIN SOLUTION 05.4
    StateDict dict;
    for (const auto& [name, tensor] : named_parameters()) dict[name] = tensor.detach();
    for (const auto& [name, tensor] : named_buffers()) dict[name] = tensor.detach();
    return dict;
    // END SOLUTION 05.4
  }

  /// Copies the numbers of `given` into the parameters and buffers; all of them, or none and an
  /// error that lists what does not fit.
  ///
  /// Goal        A trained model from a checkpoint.
  /// Background  The optimizer, other copies of this module and tied layers hold the same tensors.
  ///             Only numbers written in place reach them all.
  /// Cost        one copy of each tensor
  /// In PyTorch  Module.load_state_dict(strict = True), which has loaded what fits when it throws
  void load_state_dict(const StateDict& given) const {
    NamedTensors own = named_parameters();
    for (const auto& buffer : named_buffers()) own.push_back(buffer);
    // TODO(05.5): throw ValueError("load_state_dict: expects the names and shapes of this module,
    // got" + what detail::differences says) if it says anything; then copy.
    // HINT: a leaf that requires a gradient may be changed in place only while nothing is recorded.
    // BEGIN SOLUTION 05.5
    const std::string problems = detail::differences(own, given);
    if (!problems.empty()) {
      throw ValueError("load_state_dict: expects the names and shapes of this module, got" +
                       problems);
    }
    const NoGrad no_grad;
    for (auto& [name, tensor] : own) tensor.copy_(given.at(name));
    // END SOLUTION 05.5
  }

  /// Names, shapes and counts as a table.
  std::string to_string() const { return detail::module_table(*state_); }

 protected:
  Module() : state_(std::make_shared<detail::ModuleState>()) {}

  /// Copies share the state; a move is a copy, so that what was moved from is still a module. Only
  /// for derived classes: `Module m = linear` would lose Linear's forward, and does not compile.
  Module(const Module&) = default;

  // Each registers its argument under `name` and hands it back: for the initialiser of a const
  // member of the same name.
  //   const Tensor weight = parameter("weight", ones({3}));
  //   const Linear fc1 = child("fc1", Linear(3, 4, rng));

  /// A tensor to be learned: requires_grad is switched on.
  Tensor parameter(const std::string& name, Tensor tensor) {
    check_name("parameter", name);
    if (!tensor.is_leaf()) {
      throw AutogradError("parameter: expects a leaf for '" + name +
                          "', got the result of an operation that needs a gradient\n"
                          "  hint: detach() it, or compute it in forward()");
    }
    if (!tensor.is_contiguous()) {
      throw ValueError("parameter: expects contiguous memory for '" + name + "', got strides " +
                       tinytorch::to_string(tensor.strides()) + " for shape " +
                       tinytorch::to_string(tensor.shape()) + "\n  hint: contiguous()");
    }
    tensor.set_requires_grad(true);
    state_->parameters.emplace_back(name, tensor);
    return tensor;
  }

  /// A tensor that is not learned but saved: running averages, tables.
  Tensor buffer(const std::string& name, Tensor tensor) {
    check_name("buffer", name);
    if (tensor.requires_grad()) {
      throw AutogradError("buffer: expects a tensor without gradient for '" + name +
                          "', got one that requires grad\n  hint: parameter(), or detach() it");
    }
    state_->buffers.emplace_back(name, tensor);
    return tensor;
  }

  /// A random generator of the module's own, seeded from `rng`.
  std::shared_ptr<Rng> generator(const std::string& name, Rng& rng) {
    check_name("generator", name);
    auto own = std::make_shared<Rng>(rng.bits());
    state_->generators.emplace_back(name, own);
    return own;
  }

  /// A module inside this one.
  template <std::derived_from<Module> M>
  [[nodiscard]] M child(const std::string& name, M module) {
    register_child(name, module);
    return module;
  }

  /// What child() does; const, so that the containers can grow after their construction.
  void register_child(const std::string& name, const Module& module) const {
    check_name("child", name);
    if (detail::reaches(*module.state_, *state_)) {
      throw ValueError("child: expects a module that does not contain this one, got a circle at '" +
                       name + "'");
    }
    state_->children.emplace_back(name, module.state_);
  }

 private:
  template <class T>
  Named<T> collected(Named<T> detail::ModuleState::*list) const {
    Named<T> found;
    detail::collect(*state_, "", list, found);
    return found;
  }

  static std::vector<Tensor> without_names(const NamedTensors& named) {
    std::vector<Tensor> tensors;
    for (const auto& [name, tensor] : named) tensors.push_back(tensor);
    return tensors;
  }

  void check_name(const char* who, const std::string& name) const {
    const auto taken = [&](const auto& list) {
      for (const auto& entry : list) {
        if (entry.first == name) return true;
      }
      return false;
    };
    const bool used = taken(state_->parameters) || taken(state_->buffers) ||
                      taken(state_->generators) || taken(state_->children);
    if (!name.empty() && name.find('.') == name.npos && !used) return;
    throw ValueError(std::string(who) + ": expects a name " +
                     (used ? "that is free" : "that is not empty and has no dot") + ", got '" +
                     name + "'");
  }

  std::shared_ptr<detail::ModuleState> state_;
};

}  // namespace tinytorch
