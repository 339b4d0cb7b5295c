// 05_layers / tree.hpp: what a module remembers, and walks over the tree of its children.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

template <class T>
using Named = std::vector<std::pair<std::string, T>>;
using NamedTensors = Named<Tensor>;

/// Tensors by their dotted names: what a checkpoint holds.
using StateDict = std::map<std::string, Tensor>;

namespace detail {

/// What all copies of one module share. It points down, to its children, and never up: no cycle, so
/// nothing is kept alive by mistake, and no address is stored that a copy or a move could change.
struct ModuleState {
  NamedTensors parameters;  // learned: they have gradients
  NamedTensors buffers;     // remembered: they have none, but belong to a checkpoint
  Named<std::shared_ptr<Rng>> generators;
  Named<std::shared_ptr<ModuleState>> children;
  bool training = true;
};

/// Is it one tensor under two names? The same numbers, seen in the same way, with the same
/// gradient.
inline bool same(const Tensor& a, const Tensor& b) {
  return a.storage() == b.storage() && a.offset() == b.offset() && a.shape() == b.shape() &&
         a.strides() == b.strides() && a.autograd() == b.autograd();
}
inline bool same(const std::shared_ptr<Rng>& a, const std::shared_ptr<Rng>& b) { return a == b; }

template <class T>
bool contains(const Named<T>& list, const T& item) {
  for (const auto& [name, member] : list) {
    if (same(member, item)) return true;
  }
  return false;
}

/// Appends to `found` what the lists named `list` hold, in `module` and in all modules below it.
///
/// Goal        The optimizer wants every parameter, wherever it lives, and each of them once.
/// Background  `list` chooses one of the lists of a ModuleState: module.*list is module.parameters
///             or module.buffers. The name of what a child holds begins with the child's name and a
///             dot.
/// Examples    children fc1 and fc2 with weight and bias -> fc1.weight, fc1.bias, fc2.weight,
///             fc2.bias;  fc2.weight tied to fc1.weight -> only fc1.weight
/// In PyTorch  torch/nn/modules/module.py, _named_members
template <class T>
void collect(const ModuleState& module, const std::string& prefix, Named<T> ModuleState::*list,
             Named<T>& found) {
  // TODO(05.1): the module's own entries first, in order; then each child's, with a longer prefix.
  // HINT: what is in `found` already has a name: contains(found, item) says so.
  todo("05.1", "collect");
}

/// Tells a module and all modules below it whether they are in training.
///
/// Goal        model.eval() must reach the dropout three levels down.
inline void set_training(ModuleState& module, bool on) {
  // TODO(05.2): set the flag here, then in the children.
  todo("05.2", "set_training");
}

/// Is `wanted` the module `top` or somewhere below it?
inline bool reaches(const ModuleState& top, const ModuleState& wanted) {
  if (&top == &wanted) return true;
  for (const auto& [name, below] : top.children) {
    if (reaches(*below, wanted)) return true;
  }
  return false;
}

/// What keeps `given` from being loaded into `own`: one line each, "" if nothing does.
///
/// Goal        A checkpoint of another model is refused with everything that differs at once.
/// Background  Whoever mends one line and runs again to see the next loses an hour.
/// Examples    "\n  missing: fc2.bias"            own has it, given has not
///             "\n  unexpected: fc3.bias"         given has it, own has not
///             "\n  shape: fc1.weight is [128, 784], got [64, 784]"
/// In PyTorch  torch/nn/modules/module.py, _load_from_state_dict
inline std::string differences(const NamedTensors& own, const StateDict& given) {
  // TODO(05.3): the missing and the wrongly shaped ones in the order of `own`, then the unexpected.
  // HINT: given.find(name) == given.end() asks; given[name] would not, and cannot here.
  todo("05.3", "differences");
}

}  // namespace detail

}  // namespace tinytorch
