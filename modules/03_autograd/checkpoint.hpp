// 03_autograd / checkpoint.hpp: keep less, compute twice. A stretch blank.
//
//   Tensor y = checkpoint([&](Inputs in) { return block(in[0]); }, {x});
// Inside, nothing is recorded: of the whole block only its inputs are kept. Backward computes the
// block once more, this time recording, and goes back through that graph. With a checkpoint every
// sqrt(n) of n layers, memory for activations grows with sqrt(n) and the work by one more forward.
// Source: Chen, Xu, Zhang, Guestrin 2016, Training Deep Nets with Sublinear Memory Cost,
// arXiv:1604.06174.
// In PyTorch: torch/utils/checkpoint.py, CheckpointFunction
#pragma once
#include <functional>
#include <utility>
#include <vector>

#include <tinytorch/autograd/engine.hpp>

namespace tinytorch {

struct Checkpoint : Primitive {
  std::function<Tensor(Inputs)> block;
  explicit Checkpoint(std::function<Tensor(Inputs)> f) : block(std::move(f)) {}

  const char* name() const override { return "checkpoint"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    const NoGrad no_grad;  // so that a checkpoint inside the block knows that nobody records
    return block(in).detach();
  }
};

/// Computes the block again, with recording, and sends g back through it.
///
/// Background  Leaves that the block captured (its weights) are no inputs of the operation: they
///             get their gradient here, by accumulate_grad.
inline Grads vjp(const Checkpoint& op, Inputs in, const Tensor&, const Tensor& g) {
  if (grad_enabled()) throw AutogradError("checkpoint: has no second derivative (create_graph)");
  const GradMode recording(true);
  std::vector<Tensor> inputs;
  Grads grads(in.size());
  // TODO(03.23): run op.block on detached inputs that require grad, then detail::propagate g
  // through its result.
  // HINT: deliver is called with every node: an input's gradient goes into grads, another leaf's to
  // HINT: accumulate_grad.
  // HINT: go back with GradMode(false), or the way back is recorded as well.
  todo("03.23", "vjp_checkpoint");
}

namespace detail {
inline const bool checkpoint_rule_defined = define_rules<Checkpoint>();
}

/// Runs `block` without keeping what it computes inside. At least one input must require grad:
/// without one, nothing would be recorded, and the gradients of weights that the block captured
/// would be lost.
inline Tensor checkpoint(std::function<Tensor(Inputs)> block, const std::vector<Tensor>& inputs) {
  bool any = false;
  for (const Tensor& input : inputs) any = any || input.requires_grad();
  if (!any && grad_enabled()) {
    throw AutogradError(
        "checkpoint: expects an input that requires grad, got none\n"
        "  hint: call set_requires_grad(true) on the data, or do not checkpoint here");
  }
  return apply(Checkpoint(std::move(block)), Inputs(inputs));
}

}  // namespace tinytorch
