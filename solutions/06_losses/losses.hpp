// 06_losses / losses.hpp: what to minimise.
//
// A loss is one number that says how wrong a model is; its gradient says which way is less wrong.
//   Tensor loss = cross_entropy(logits, labels);   // logits [N, C], labels [N]
//   Tensor loss = mse_loss(y, target);             // any shape, the same for both
//
// You build:    mse_loss, binary_cross_entropy_with_logits, logsumexp, nll_loss, cross_entropy, and
//               their derivatives
// You need:     01_tensor, 02_ops, 03_autograd, 04_activations
// Used by:      07_optimizers, 08_dataloader, 13_transformers, 14_training
// Not here:     what to do with the gradient (07_optimizers), accuracy and perplexity (14_training)
// Legend:       N examples, C classes, z or x scores (logits), y targets, p what the model believes,
//               q what it should believe
//
// The module in reading order:
//   reduction.hpp       the loss of each example, their mean or their sum
//   regression.hpp      mse_loss, l1_loss
//   binary.hpp          binary_cross_entropy_with_logits
//   logsumexp.hpp       the logarithm of a sum of exponentials
//   targets.hpp         labels, and the distributions that they stand for
//   nll.hpp             nll_loss
//   cross_entropy.hpp   cross_entropy: composed of the above, and as one operation
//
// Losses take what a model's last layer gives: scores, not probabilities. A probability that was
// rounded to 0 or 1 has lost what its logarithm needs.
#pragma once
#include <tinytorch/losses/binary.hpp>
#include <tinytorch/losses/cross_entropy.hpp>
#include <tinytorch/losses/logsumexp.hpp>
#include <tinytorch/losses/nll.hpp>
#include <tinytorch/losses/reduction.hpp>
#include <tinytorch/losses/regression.hpp>
#include <tinytorch/losses/targets.hpp>
