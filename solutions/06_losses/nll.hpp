// 06_losses / nll.hpp: the negative log-likelihood, from logarithms of probabilities.
#pragma once
#include <utility>

#include <tinytorch/losses/targets.hpp>

namespace tinytorch {

/// Minus the number at the label, of each line along the class axis; 0 where the label is ignored.
///
/// Goal        Of all that a model said about an example, the part that was asked.
/// Background  -log p is the surprise at seeing what had the probability p: 0 if it was certain.
///             The sum over independent examples is -log of the probability of seeing them all.
/// Examples    [[-1, -2], [-3, -4]] with labels [1, 0] -> [2, 3]
/// Cost        reads one number a line, not C; keeps shapes only
/// In PyTorch  aten/src/ATen/native/LossNLL.cpp, nll_loss_out_frame
struct NllPick : Primitive {
  std::size_t axis;
  IndexTensor labels;
  Index ignore_index;
  NllPick(std::size_t class_axis, IndexTensor of, Index ignore)
      : axis(class_axis), labels(std::move(of)), ignore_index(ignore) {}

  const char* name() const override { return "nll_loss"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return output.numel(); }
  Tensor forward(Inputs in) const override {
    Tensor out = zeros(labels.shape());
    Index i = 0;
    detail::for_each_reduced_line(in[0], out, axis, [&](auto line, real& loss) {
      const Index label = labels[i++];
      // TODO(06.8): the loss of this line; it is 0 already.
      // BEGIN SOLUTION 06.8
      if (label != ignore_index) loss = -line[label];
      // END SOLUTION 06.8
    });
    return out;
  }
};

/// The gradient goes to the number that was read, and to no other.
///
/// Background  Reading one number is a product with a one-hot line; its gradient is that line.
/// Examples    labels [1, 0], g [5, 6] -> [[0, -5], [-6, 0]]
/// Cost        two tensors as large as the scores, almost all of it zeros
inline Grads vjp(const NllPick& op, Inputs in, const Tensor&, const Tensor& g) {
  const Index axis = static_cast<Index>(op.axis);
  // TODO(06.9): minus g where the label is.
  // HINT: detail::target_distribution without smoothing is the one-hot line; g lacks the class axis.
  // BEGIN SOLUTION 06.9
  const Tensor one_hot =
      detail::target_distribution(op.labels, in[0].shape(), op.axis, 0, op.ignore_index);
  return {one_hot * (-g).unsqueeze(axis)};
  // END SOLUTION 06.9
}

namespace detail {
inline const bool nll_rule_defined = define_rules<NllPick>();
}  // namespace detail

struct NllLossOptions {
  Index ignore_index = -100;  // a label that costs nothing and is not counted
  Reduction reduction = Reduction::mean;
};

/// The negative log-likelihood of labels under logarithms of probabilities, as log_softmax gives:
/// [N, C] with labels [N], [C] with [], or [N, C, d1, ...] with [N, d1, ...].
///
/// In PyTorch  torch.nn.functional.nll_loss
inline Tensor nll_loss(const Tensor& log_probabilities, const IndexTensor& labels,
                       NllLossOptions options = {}) {
  const IndexTensor own =
      detail::checked_labels(log_probabilities, labels, options.ignore_index, "nll_loss");
  const std::size_t axis = detail::class_axis(log_probabilities, "nll_loss");
  const Tensor losses = apply(NllPick(axis, own, options.ignore_index), {log_probabilities});
  return detail::reduced(losses, options.reduction, detail::counted(own, options.ignore_index));
}

}  // namespace tinytorch
