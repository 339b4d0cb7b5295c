// 06_losses / targets.hpp: labels, and the distributions that they stand for.
#pragma once
#include <string>

#include <tinytorch/losses/logsumexp.hpp>

namespace tinytorch {

namespace detail {

/// The axis of the classes: 1 in [N, C] and [N, C, d1, ...], 0 in [C].
inline std::size_t class_axis(const Tensor& input, const char* who) {
  if (input.dim() == 0) {
    throw ShapeError(std::string(who) + ": expects scores [N, C], [C] or [N, C, d1, ...], got []");
  }
  return input.dim() == 1 ? 0 : 1;
}

/// Labels that fit the scores: the shape of the input without its class axis, each label a class or
/// ignored. A label that is none would read a number of another example, or of nobody.
inline void check_labels(const Tensor& input, const IndexTensor& labels, Index ignore_index,
                         const char* who) {
  const std::size_t axis = class_axis(input, who);
  Shape expected = input.shape();
  const Index classes = expected[axis];
  expected.erase(axis);
  if (labels.shape() != expected) {
    throw ShapeError(std::string(who) + ": expects labels of shape " + to_string(expected) +
                     " for scores " + to_string(input.shape()) + ", got " +
                     to_string(labels.shape()) +
                     "\n  hint: the class axis is axis 1; reshape [B, T, C] to [B * T, C]");
  }
  for (Index i = 0; i < labels.numel(); ++i) {
    if (labels[i] == ignore_index || (labels[i] >= 0 && labels[i] < classes)) continue;
    throw IndexError(std::string(who) + ": expects labels 0 to " + std::to_string(classes - 1) +
                     " for " + std::to_string(classes) + " classes, got " +
                     std::to_string(labels[i]) + " at position " + std::to_string(i));
  }
}

/// How many labels are not ignored.
inline Index counted(const IndexTensor& labels, Index ignore_index) {
  Index count = 0;
  for (Index i = 0; i < labels.numel(); ++i) count += labels[i] != ignore_index;
  return count;
}

/// Each label as a distribution over the classes, in the shape of the scores.
///
/// Goal        What the model's probabilities are compared with.
/// Background  A label is a distribution that is sure of itself: 1 there, 0 elsewhere ("one-hot").
///             Smoothing takes a share s of that certainty and hands it to all C classes alike:
///             1 - s + s / C at the label, s / C elsewhere. A line that is ignored is all 0.
/// Examples    label 1 of 4: [0, 1, 0, 0];  with s = 0.2: [0.05, 0.85, 0.05, 0.05]
/// In PyTorch  torch.nn.functional.one_hot; smoothing: aten/src/ATen/native/LossNLL.cpp
inline Tensor target_distribution(const IndexTensor& labels, const Shape& shape, std::size_t axis,
                                  real smoothing, Index ignore_index) {
  Tensor out = zeros(shape);
  const Lines lines(shape, axis);
  const real share = smoothing / static_cast<real>(lines.length);
  for (Index i = 0; i < lines.count; ++i) {
    if (labels[i] == ignore_index) continue;
    // TODO(06.7): fill line i, out.data()[lines.first(i) + c * lines.step] for each class c.
    // HINT: `share` is s / C.
    todo("06.7", "target_distribution");
  }
  return out;
}

}  // namespace detail

}  // namespace tinytorch
