// 14_training / metrics.hpp: numbers for people. A loss is for the optimizer.
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/ops.hpp>
#include <tinytorch/support/index_tensor.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

struct AccuracyOptions {
  Index ignore_index = -100;  // a label that is not counted, as in cross_entropy
};

/// The share of lines whose largest score stands at the label: scores [*, C], labels [*].
///
/// Goal        What the loss cannot say in words: how often is it right?
/// Background  Ignored labels count neither as right nor as asked. If none is asked, 0 / 0: NaN, and
///             not a 0 that looks like a result.
/// Examples    [[1, 3], [5, 2]], labels 1 1 -> 0.5;  labels 1 -100 -> 1
/// Cost        one argmax
inline double accuracy(const Tensor& logits, const IndexTensor& labels,
                       AccuracyOptions options = {}) {
  Shape lines = logits.shape();
  if (!lines.empty()) lines.pop_back();
  if (logits.dim() == 0 || lines != labels.shape()) {
    throw ShapeError("accuracy: expects scores [*, C] with labels [*], got " +
                     to_string(logits.shape()) + " with " + to_string(labels.shape()));
  }
  // TODO(14.5): right ones over counted ones.
  // HINT: argmax(logits, -1) is an IndexTensor of the labels' shape.
  // BEGIN SOLUTION 14.5
  const IndexTensor guess = argmax(logits, -1);
  double right = 0, asked = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    if (labels[i] == options.ignore_index) continue;
    ++asked;
    if (guess[i] == labels[i]) ++right;
  }
  return right / asked;
  // END SOLUTION 14.5
}

/// Among how many equally likely tokens the model seems to choose.
///
/// Goal        A loss in units that mean something: 6.24 is a vocabulary of 512 not looked at.
/// Background  A model that gives each of n tokens 1/n has the mean loss log n. Perplexity undoes the
///             logarithm of the mean; the mean of exp(loss) would be another, larger number.
/// Examples    log(512) -> 512;  0 -> 1
inline double perplexity(double mean_loss) {
  // TODO(14.6): one line.
  // BEGIN SOLUTION 14.6
  return std::exp(mean_loss);
  // END SOLUTION 14.6
}

}  // namespace tinytorch
