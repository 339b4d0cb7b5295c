// 06_losses / cross_entropy.hpp: the loss of classifiers and of language models.
//
// Twice: composed of log_softmax and nll_loss, which shows what it is; and as one operation, which
// keeps nothing of the size of the scores. For a language model the scores are the largest tensor
// of all: 32 x 1024 tokens with 50,257 classes are 6.6 GB.
#pragma once
#include <string>
#include <utility>

#include <tinytorch/losses/nll.hpp>

namespace tinytorch {

struct CrossEntropyOptions {
  Index ignore_index = -100;   // a label that costs nothing and is not counted
  double label_smoothing = 0;  // 0 to 1: the share of certainty that all classes get alike
  Reduction reduction = Reduction::mean;
};

namespace detail {
inline void check_smoothing(double smoothing) {
  if (smoothing >= 0 && smoothing <= 1) return;
  throw ValueError("cross_entropy: expects label_smoothing in [0, 1], got " +
                   std::to_string(smoothing));
}
}  // namespace detail

/// The distance of a model's distribution from the targets': -sum over classes of q_c log p_c.
///
/// Goal        Targets that are distributions: soft labels, distillation, mixed examples.
/// Background  p is the softmax of the scores. It is smallest where p equals q, and then it is what
///             q itself is unsure of, its entropy.
/// Examples    scores [0, 0], q [0.5, 0.5] -> 0.6931472 (log 2)
/// Cost        log_softmax and the products are kept: 3 numbers a score
/// In PyTorch  torch.nn.functional.cross_entropy with probabilities
inline Tensor cross_entropy(const Tensor& logits, const Tensor& probabilities,
                            CrossEntropyOptions options = {}) {
  detail::check_same_shape(logits, probabilities, "cross_entropy");
  detail::check_smoothing(options.label_smoothing);
  const std::size_t axis = detail::class_axis(logits, "cross_entropy");
  const real smoothing = static_cast<real>(options.label_smoothing);
  const Index classes = logits.shape()[axis];
  const Tensor q = smoothing == 0
                       ? probabilities
                       : probabilities * (1 - smoothing) + smoothing / static_cast<real>(classes);
  // TODO(06.10): the loss of each example, `losses`, by the formula above.
  // HINT: log(softmax(x)) would be log(0) where log_softmax(x) is -200.
  todo("06.10", "cross_entropy_of_probabilities");
  return detail::reduced(losses, options.reduction, classes == 0 ? 0 : logits.numel() / classes);
}

/// The cross entropy of labels, one a line, as one operation.
///
/// Goal        What log_softmax and nll_loss compute, without a tensor of log-probabilities.
/// Background  With lse = log_sum_exp of the line: -log p_label = lse - x_label. Smoothed by s, the
///             share s / C of every class: lse - (1 - s) x_label - s * (mean of x).
/// Examples    x [0, 0, 0, 0], any label -> 1.3862944 (log 4): a model that knows nothing
///             x [2, 1, 0], label 0 -> 0.4076060;  smoothed by 0.3 -> 0.7076060
/// Cost        one pass more than log_sum_exp; the result is one number a line. Keeps the scores,
///             which exist anyway.
/// In PyTorch  log_softmax and nll_loss one after another; fused in Liger Kernel (2024)
struct CrossEntropy : Primitive {
  std::size_t axis;
  IndexTensor labels;
  Index ignore_index;
  real smoothing;
  CrossEntropy(std::size_t class_axis, IndexTensor of, const CrossEntropyOptions& options)
      : axis(class_axis),
        labels(std::move(of)),
        ignore_index(options.ignore_index),
        smoothing(static_cast<real>(options.label_smoothing)) {}

  const char* name() const override { return "cross_entropy"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs in, const Tensor& output) const override {
    return (smoothing == 0 ? 3 : 4) * in[0].numel() + 2 * output.numel();
  }
  Tensor forward(Inputs in) const override {
    const Tensor x = in[0].contiguous();
    const detail::Lines lines(x.shape(), axis);
    Tensor out = zeros(labels.shape());
    for (Index i = 0; i < lines.count; ++i) {
      if (labels[i] == ignore_index) continue;
      const real* line = x.data() + lines.first(i);
      // TODO(06.11): out.data()[i], by the formula above.
      // HINT: without smoothing leave the mean out: 0 * -inf is nan, and -inf is how scores are masked.
      todo("06.11", "cross_entropy");
    }
    return out;
  }
};

/// The way back: softmax(x) - q, the model's distribution less the target's.
///
/// Background  lse gives softmax (logsumexp.hpp), the rest is linear. Every score is pulled down by
///             its probability, and the label's up by 1: the pull ends where p equals q.
/// Examples    x [0, 0], label 0, g 1 -> [-0.5, 0.5]
/// Cost        softmax is computed here, once more: arithmetic instead of memory
inline Grads vjp(const CrossEntropy& op, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor& x = in[0];
  const Index axis = static_cast<Index>(op.axis);
  // An ignored line has no target, and must not get its softmax either.
  Tensor counts = ones(op.labels.shape());
  for (Index i = 0; i < op.labels.numel(); ++i) {
    if (op.labels[i] == op.ignore_index) counts.data()[i] = 0;
  }
  const Tensor q =
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  // TODO(06.12): (softmax - q) times the gradient of the line, 0 for lines that do not count.
  // HINT: in ordinary operations, so that it can be differentiated again.
  todo("06.12", "vjp_cross_entropy");
}

namespace detail {

inline const bool cross_entropy_rule_defined = define_rules<CrossEntropy>();

}  // namespace detail

/// The cross entropy of scores and labels, fused: scores [N, C] and labels [N], [C] and [], or
/// [N, C, d1, ...] and [N, d1, ...].
///
/// In PyTorch  torch.nn.functional.cross_entropy
inline Tensor cross_entropy(const Tensor& logits, const IndexTensor& labels,
                            CrossEntropyOptions options = {}) {
  detail::check_labels(logits, labels, options.ignore_index, "cross_entropy");
  detail::check_smoothing(options.label_smoothing);
  const std::size_t axis = detail::class_axis(logits, "cross_entropy");
  return detail::reduced(apply(CrossEntropy(axis, labels, options), {logits}), options.reduction,
                         detail::counted(labels, options.ignore_index));
}

/// The same numbers by log_softmax and nll_loss: what the fused one is measured against. Given code.
inline Tensor cross_entropy_composed(const Tensor& logits, const IndexTensor& labels,
                                     CrossEntropyOptions options = {}) {
  detail::check_smoothing(options.label_smoothing);
  const std::size_t axis = detail::class_axis(logits, "cross_entropy");
  const Tensor log_p = log_softmax(logits, static_cast<Index>(axis));
  const NllLossOptions picked = {.ignore_index = options.ignore_index,
                                 .reduction = options.reduction};
  const Tensor certain = nll_loss(log_p, labels, picked);
  if (options.label_smoothing == 0) return certain;
  const real smoothing = static_cast<real>(options.label_smoothing);
  Tensor keep = ones(labels.shape());
  for (Index i = 0; i < labels.numel(); ++i) keep.data()[i] = labels[i] != options.ignore_index;
  const Tensor alike =
      detail::reduced(-mean(log_p, static_cast<Index>(axis)) * keep, options.reduction,
                      detail::counted(labels, options.ignore_index));
  return certain * (1 - smoothing) + alike * smoothing;
}

}  // namespace tinytorch
