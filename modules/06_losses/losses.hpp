// 06_losses: what to minimise. One number that says how wrong a model is, and a gradient that says
// which way is less wrong.
//
//   Tensor loss = cross_entropy(logits, labels);       logits [N, C], labels [N]
//   Tensor loss = mse_loss(y, target);                 any shape, the same for both
// All take what a model gives directly: logits, not probabilities. What is stable in floating point
// starts from there.
//
//   reduction.hpp       one loss for each example, their mean or their sum
//   regression.hpp      mse_loss, l1_loss
//   binary.hpp          binary_cross_entropy_with_logits
//   logsumexp.hpp       the logarithm of a sum of exponentials
//   targets.hpp         labels, and the distributions that they stand for
//   nll.hpp             nll_loss
//   cross_entropy.hpp   cross_entropy, composed of the above and as one operation
#pragma once
#include <tinytorch/losses/binary.hpp>
#include <tinytorch/losses/cross_entropy.hpp>
#include <tinytorch/losses/logsumexp.hpp>
#include <tinytorch/losses/nll.hpp>
#include <tinytorch/losses/reduction.hpp>
#include <tinytorch/losses/regression.hpp>
#include <tinytorch/losses/targets.hpp>
