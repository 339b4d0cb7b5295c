// 06_losses / cross_entropy.hpp: the loss of classifiers and of language models.
//
// Twice: composed of log_softmax and nll_loss, which shows what it is; and as one operation, which
// makes nothing of the size of the scores on its way forward. For a language model the scores are
// the largest tensor of all: 32 x 1024 tokens with 50,257 classes are 6.6 GB of floats.
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

/// The distance of a model's distribution p from the target's q: -sum over classes of q_c log p_c.
///
/// Goal        Targets that are distributions: soft labels, distillation, mixed examples.
/// Background  p is the softmax of the scores. The loss is smallest where p equals q, and then it is
///             what q itself is unsure of, its entropy.
/// Examples    scores [0, 0], q [0.5, 0.5] -> 0.6931472 (log 2)
///             scores [2, 1, 0], q [0.7, 0.2, 0.1] -> 0.8076060
/// Cost        keeps log p and q, two tensors as large as the scores
/// In PyTorch  torch.nn.functional.cross_entropy with probabilities
inline Tensor cross_entropy(const Tensor& logits, const Tensor& probabilities,
                            CrossEntropyOptions options = {}) {
  detail::check_same_shape(logits, probabilities, "cross_entropy");
  detail::check_smoothing(options.label_smoothing);
  if (options.ignore_index >= 0) {
    throw ValueError("cross_entropy: expects labels to ignore some of them, got probabilities and "
                     "ignore_index " +
                     std::to_string(options.ignore_index));
  }
  const Index axis = static_cast<Index>(detail::class_axis(logits, "cross_entropy"));
  const Index classes = logits.size(axis);
  const real smoothing = static_cast<real>(options.label_smoothing);
  const Tensor q = smoothing == 0
                       ? probabilities
                       : probabilities * (1 - smoothing) + smoothing / static_cast<real>(classes);
  // TODO(06.10): the loss of each example, reduced; as many count as there are lines of classes.
  // HINT: log(softmax(x)) is log(0) where log_softmax(x) is -200.
  // BEGIN SOLUTION 06.10
  const Tensor losses = -sum(q * log_softmax(logits, axis), axis);
  return detail::reduced(losses, options.reduction, losses.numel());
  // END SOLUTION 06.10
}

/// The cross entropy of labels, one a line, as one operation.
///
/// Goal        What log_softmax and nll_loss compute, without a tensor of log-probabilities.
/// Background  -log p_label = log_sum_exp(x) - x_label. Smoothed by s, every class is asked for with
///             s / C as well: log_sum_exp(x) - (1 - s) x_label - s * (mean of x).
/// Examples    x [0, 0, 0, 0], any label -> 1.3862944 (log 4): a model that knows nothing
///             x [2, 1, 0], label 0 -> 0.4076060;  smoothed by 0.3 -> 0.7076060
/// Cost        log_sum_exp, and one number more a line. Keeps the scores, which exist anyway.
/// In PyTorch  aten/src/ATen/native/LossNLL.cpp, cross_entropy_loss: log_softmax and nll_loss one
///             after another. As one kernel: Liger Kernel, ops/cross_entropy.py
struct CrossEntropy : Primitive {
  std::size_t axis;
  IndexTensor labels;
  Index ignore_index;
  double smoothing;
  CrossEntropy(std::size_t class_axis, IndexTensor of, const CrossEntropyOptions& options)
      : axis(class_axis),
        labels(std::move(of)),
        ignore_index(options.ignore_index),
        smoothing(options.label_smoothing) {}

  const char* name() const override { return "cross_entropy"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs in, const Tensor& output) const override {
    return (smoothing == 0 ? 4 : 5) * in[0].numel() + 3 * output.numel();
  }
  Tensor forward(Inputs in) const override {
    Tensor out = zeros(labels.shape());
    Index i = 0;
    detail::for_each_reduced_line(in[0], out, axis, [&](auto x, real& loss) {
      const Index label = labels[i++];
      // TODO(06.11): the loss of line x[0] .. x[x.size - 1], by the formula above, unless the label
      // is to be ignored.
      // HINT: in double to the end: two numbers near 10000 may differ by 0.3.
      // HINT: without smoothing leave the mean out: scores are masked with -inf, and 0 * -inf is
      // HINT: nan.
      // BEGIN SOLUTION 06.11
      if (label == ignore_index) return;
      double wanted = static_cast<double>(x[label]);
      if (smoothing != 0) {
        double total = 0;
        for (Index c = 0; c < x.size; ++c) total += static_cast<double>(x[c]);
        wanted = (1 - smoothing) * wanted + smoothing * total / static_cast<double>(x.size);
      }
      loss = static_cast<real>(detail::log_sum_exp(x) - wanted);
      // END SOLUTION 06.11
    });
    return out;
  }
};

/// The way back: softmax(x) - q, the model's distribution less the target's.
///
/// Background  log_sum_exp gives softmax (logsumexp.hpp), the rest is linear. Every score is pushed
///             down by its probability and up by its target's; where p equals q nothing moves.
/// Examples    x [0, 0], label 0, g 1 -> [-0.5, 0.5]
/// Cost        three tensors as large as the scores at the peak. softmax is computed here, not kept:
///             arithmetic instead of memory
inline Grads vjp(const CrossEntropy& op, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor& x = in[0];
  const Index axis = static_cast<Index>(op.axis);
  const Tensor scale = g * detail::counted_mask(op.labels, op.ignore_index);
  // TODO(06.12): (softmax - q), each line times its number in `scale`, which is 0 where the label is
  // ignored. q comes from detail::target_distribution.
  // HINT: in ordinary operations, so that it can be differentiated again.
  // HINT: in two statements: what the first one needs on its way is gone when the second one runs.
  // BEGIN SOLUTION 06.12
  const Tensor excess =
      softmax(x, axis) -
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  return {excess * scale.unsqueeze(axis)};
  // END SOLUTION 06.12
}

namespace detail {
inline const bool cross_entropy_rule_defined = define_rules<CrossEntropy>();
}  // namespace detail

/// The cross entropy of scores and labels, fused: scores [N, C] with labels [N], [C] with [], or
/// [N, C, d1, ...] with [N, d1, ...].
///
/// In PyTorch  torch.nn.functional.cross_entropy
inline Tensor cross_entropy(const Tensor& logits, const IndexTensor& labels,
                            CrossEntropyOptions options = {}) {
  detail::check_smoothing(options.label_smoothing);
  const IndexTensor own =
      detail::checked_labels(logits, labels, options.ignore_index, "cross_entropy");
  const std::size_t axis = detail::class_axis(logits, "cross_entropy");
  return detail::reduced(apply(CrossEntropy(axis, own, options), {logits}), options.reduction,
                         detail::counted(own, options.ignore_index));
}

/// The same numbers by log_softmax and nll_loss: what the fused one is measured against. Given code.
inline Tensor cross_entropy_composed(const Tensor& logits, const IndexTensor& labels,
                                     CrossEntropyOptions options = {}) {
  detail::check_smoothing(options.label_smoothing);
  const Index axis = static_cast<Index>(detail::class_axis(logits, "cross_entropy"));
  const Tensor log_p = log_softmax(logits, axis);  // [N, C]
  const Tensor certain = nll_loss(
      log_p, labels, {.ignore_index = options.ignore_index, .reduction = options.reduction});
  if (options.label_smoothing == 0) return certain;
  const real smoothing = static_cast<real>(options.label_smoothing);
  const Tensor losses = -mean(log_p, axis) * detail::counted_mask(labels, options.ignore_index);
  const Tensor alike =
      detail::reduced(losses, options.reduction, detail::counted(labels, options.ignore_index));
  return certain * (1 - smoothing) + alike * smoothing;
}

}  // namespace tinytorch
