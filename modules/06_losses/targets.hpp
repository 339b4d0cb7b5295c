// 06_losses / targets.hpp: labels, and the distributions that they stand for.
#pragma once
#include <string>

#include <tinytorch/losses/logsumexp.hpp>

namespace tinytorch {

namespace detail {

/// The axis of the classes: 1 in [N, C] and [N, C, d1, ...], 0 in [C].
inline std::size_t class_axis(const Tensor& scores, const char* who) {
  if (scores.dim() == 0) {
    throw ShapeError(std::string(who) + ": expects scores [N, C], [C] or [N, C, d1, ...], got []");
  }
  return scores.dim() == 1 ? 0 : 1;
}

/// A copy of labels that fit the scores: one for each line of classes, a class or ignore_index.
///
/// Background  A label that is no class would read a number of another example, or of nobody. The
///             copy is a C-th of the scores; without it, whoever fills one buffer with the labels of
///             batch after batch would change what an earlier batch's way back reads.
inline IndexTensor checked_labels(const Tensor& scores, const IndexTensor& labels,
                                  Index ignore_index, const char* who) {
  const std::size_t axis = class_axis(scores, who);
  const Index classes = scores.shape()[axis];
  Shape expected = scores.shape();
  expected.erase(axis);
  if (!labels.defined() || labels.shape() != expected) {
    throw ShapeError(std::string(who) + ": expects labels of shape " + to_string(expected) +
                     " for scores " + to_string(scores.shape()) + ", got " +
                     (labels.defined() ? to_string(labels.shape()) : "an undefined IndexTensor") +
                     "\n  hint: labels have no class axis, and that of the scores is axis 1: "
                     "reshape [B, T, C] to [B * T, C]");
  }
  Shape position(expected.size());
  for (Index i = 0; i < labels.numel(); ++i) {
    const Index label = labels[i];
    if (label != ignore_index && (label < 0 || label >= classes)) {
      throw IndexError(std::string(who) + ": expects labels from 0 to " +
                       std::to_string(classes - 1) + " for " + std::to_string(classes) +
                       " classes, got " + std::to_string(label) + " at " + to_string(position) +
                       "\n  hint: only the label " + std::to_string(ignore_index) +
                       " (ignore_index) may be outside");
    }
    next_index(position.data(), expected);
  }
  return IndexTensor(labels.to_vector(), labels.shape());
}

/// How many labels are not ignored.
inline Index counted(const IndexTensor& labels, Index ignore_index) {
  Index count = 0;
  for (Index i = 0; i < labels.numel(); ++i) count += labels[i] != ignore_index;
  return count;
}

/// 1 for each label that counts, 0 for each that is ignored.
inline Tensor counted_mask(const IndexTensor& labels, Index ignore_index) {
  Tensor mask = empty(labels.shape());
  for (Index i = 0; i < labels.numel(); ++i) mask.data()[i] = real(labels[i] != ignore_index);
  return mask;
}

/// Each label as a distribution over the classes, in the shape of the scores.
///
/// Goal        What the model's probabilities are compared with.
/// Background  A label is a distribution that is sure of itself: 1 there, 0 elsewhere ("one-hot").
///             Smoothing takes a share s of that certainty and hands it to all C classes alike:
///             1 - s + s / C at the label, s / C elsewhere. A line that is ignored is all 0.
/// Examples    label 1 of 4: [0, 1, 0, 0];  with s = 0.2: [0.05, 0.85, 0.05, 0.05]
/// Cost        a tensor as large as the scores
/// In PyTorch  torch.nn.functional.one_hot; smoothing: aten/src/ATen/native/LossNLL.cpp,
///             cross_entropy_loss_label_smoothing
inline Tensor target_distribution(const IndexTensor& labels, const Shape& shape, std::size_t axis,
                                  double smoothing, Index ignore_index) {
  Tensor q = zeros(shape);
  Index i = 0;
  for_each_line(q, q, axis, [&](auto, auto line) {
    const Index label = labels[i++];
    // TODO(06.7): fill line[0] .. line[line.size - 1], unless the label is to be ignored.
    todo("06.7", "target_distribution");
  });
  return q;
}

}  // namespace detail

}  // namespace tinytorch
