// 03_autograd / graph.hpp: a graph that is recorded while you compute.
//
// Module 01 left a slot in every tensor, a pointer to an AutogradMeta. Here it gets its meaning. A
// tensor that needs a gradient is either a leaf, which a person made, or the result of an
// operation; then its meta knows the operation and the operation's inputs. Following the inputs
// leads back to the leaves: that is the graph. No other file had to change, because every operation
// passes through apply, and apply tells its listeners.
// In PyTorch: torch/csrc/autograd/variable.h (AutogradMeta) and function.h (Node), two objects
// instead of one.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/ops.hpp>

namespace tinytorch {

namespace detail {

/// Destroys tensors and the graph behind them in a loop. If each one destroyed its own inputs, a
/// chain of a million operations would be a million nested calls, and the stack would overflow.
/// In PyTorch: torch/csrc/autograd/function.cpp, deleteNode.
inline void release(std::vector<Tensor>&& tensors) {
  thread_local std::vector<Tensor>* queue = nullptr;
  if (queue != nullptr) {  // a destructor below is calling: leave it to the loop that runs already
    for (Tensor& t : tensors) queue->push_back(std::move(t));
    return;
  }
  std::vector<Tensor> pending = std::move(tensors);
  queue = &pending;
  while (!pending.empty()) {
    const Tensor last = std::move(pending.back());
    pending.pop_back();
  }
  queue = nullptr;
}

inline std::atomic<Index>& graph_nodes() {
  static std::atomic<Index> count{0};
  return count;
}

}  // namespace detail

/// What autograd knows of one tensor; at the same time one node of the graph.
struct AutogradMeta {
  bool requires_grad = true;
  bool retains_grad = false;
  Tensor grad;  // of a leaf, or where retain_grad() asked for it

  std::shared_ptr<const Primitive> op;  // what made the tensor; null for a leaf
  std::vector<Tensor> inputs;           // with their numbers where op->saves() wants them
  Tensor output;                        // likewise, and without history: it must not own itself
  std::vector<std::uint64_t> versions;  // of the storages of inputs and output when they were kept
  bool freed = false;                   // by a backward that did not retain the graph

  AutogradMeta() { ++detail::graph_nodes(); }
  ~AutogradMeta() {
    --detail::graph_nodes();
    detail::release(std::move(inputs));
  }
  AutogradMeta(const AutogradMeta&) = delete;
  AutogradMeta& operator=(const AutogradMeta&) = delete;

  bool is_leaf() const { return op == nullptr; }

  /// Lets go of everything that was kept for backward.
  void free() {
    detail::release(std::move(inputs));
    inputs.clear();
    output = Tensor();
    freed = true;
  }
};

/// How many graph nodes (leaves too) exist now.
inline Index graph_node_count() { return detail::graph_nodes(); }

namespace detail {
inline bool& grad_enabled_flag() {
  thread_local bool enabled = true;
  return enabled;
}
}  // namespace detail

/// Is this thread recording?
inline bool grad_enabled() { return detail::grad_enabled_flag(); }

/// Switches recording on or off until the end of the enclosing block.
class GradMode {
 public:
  explicit GradMode(bool on) : before_(grad_enabled()) { detail::grad_enabled_flag() = on; }
  ~GradMode() { detail::grad_enabled_flag() = before_; }
  GradMode(const GradMode&) = delete;
  GradMode& operator=(const GradMode&) = delete;

 private:
  bool before_;
};

/// { NoGrad no_grad; ... } computes without recording: evaluation, and the optimizer's step.
class NoGrad {
  GradMode off_{false};
};

inline bool Tensor::requires_grad() const { return autograd() && autograd()->requires_grad; }

inline bool Tensor::is_leaf() const { return !autograd() || autograd()->is_leaf(); }

/// Only a leaf can be told: the result of an operation needs a gradient if one of its inputs does.
inline Tensor& Tensor::set_requires_grad(bool on) {
  if (!is_leaf()) {
    if (on) return *this;
    throw AutogradError("set_requires_grad: expects a leaf, got the result of '" +
                        std::string(autograd()->op->name()) +
                        "'\n  hint: detach() leaves the graph");
  }
  if (!autograd() && on) set_autograd(std::make_shared<AutogradMeta>());
  if (autograd()) autograd()->requires_grad = on;
  return *this;
}

/// The gradient that backward left here; an undefined tensor if there was none yet.
inline Tensor Tensor::grad() const {
  if (!is_leaf() && !autograd()->retains_grad) {
    throw AutogradError("grad: expects a leaf, got the result of '" +
                        std::string(autograd()->op->name()) +
                        "', whose gradient is not kept\n"
                        "  hint: call retain_grad() before backward, or use grad(loss, {t})");
  }
  return autograd() ? autograd()->grad : Tensor();
}

inline void Tensor::zero_grad() const {
  if (autograd()) autograd()->grad = Tensor();
}

inline void Tensor::retain_grad() const {
  if (!requires_grad()) {
    throw AutogradError("retain_grad: expects a tensor that requires grad, got one that does not");
  }
  autograd()->retains_grad = true;
}

namespace detail {

inline std::uint64_t version_of(const Tensor& t) {
  return t.defined() && t.has_storage() ? t.storage()->version() : 0;
}

/// The node for one operation that has just run, or null if nothing needs to be remembered.
///
/// Goal        Everything that backward will want to know, and no more.
/// Background  `saves` says whether the rule reads numbers. Where it does not, shape_only() keeps
///             the shape and the way back but lets the memory go: a chain of additions keeps
///             nothing.
/// Cost        one node an operation; with grad off, or without an input that requires grad, none
///             at all
/// In PyTorch  compute_requires_grad and SavedVariable, torch/csrc/autograd
inline std::shared_ptr<AutogradMeta> record(const Call& call) {
  const Saves saves = call.op.saves();
  // TODO(03.1): return nullptr unless grad is enabled, the operation is differentiable and some
  // input requires grad. Otherwise make a node: op (call.keep()), inputs and output, each either
  // whole or shape_only().
  // HINT: output goes in as detach(), never as it is: a node that owns its own tensor is never
  // HINT: freed.
  todo("03.1", "record");
}

struct Recorder : Listener {
  void after(const Call& call) override {
    const auto node = record(call);
    if (!node) return;
    // Where a forward hands back its own input, what was kept of it has the input's history; and the
    // result needs a handle of its own to carry the node.
    if (node->output.defined()) node->output.set_autograd(nullptr);
    node->versions.reserve(node->inputs.size() + 1);
    for (const Tensor& kept : node->inputs) node->versions.push_back(version_of(kept));
    node->versions.push_back(version_of(node->output));
    if (call.output.autograd()) call.output = call.output.detach();
    call.output.set_autograd(node);
  }

  void writing(const Tensor& tensor, const char* who) override {
    if (!grad_enabled() || !tensor.requires_grad()) return;
    throw AutogradError(std::string(who) +
                        ": expects a tensor outside the graph, got one that requires grad\n"
                        "  hint: use the out-of-place form, or change it under NoGrad");
  }
};

inline const bool recorder_listens = [] {
  static Recorder recorder;
  permanent_listeners().push_back(&recorder);
  return true;
}();

}  // namespace detail

}  // namespace tinytorch
