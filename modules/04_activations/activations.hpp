// 04_activations / activations.hpp: what stands between two matrix products.
//
// You build:    relu, leaky_relu, sigmoid, silu, gelu, softmax, log_softmax, and their derivatives
// You need:     01_tensor, 02_ops (tanh is there), 03_autograd
// Used by:      05_layers, 06_losses, 12_attention, 13_transformers
// Not here:     modules that wrap an activation (05_layers), the loss on log_softmax (06_losses)
// Legend:       x input, y = f(x) result, g gradient of the loss with respect to y
//
// The module in reading order:
//   relu.hpp      relu, leaky_relu: a bend; the rule reads the result
//   smooth.hpp    sigmoid, silu, gelu: no bend; exp and erf without overflow or cancellation
//   softmax.hpp   softmax, log_softmax: from any numbers to probabilities along an axis
//
// Each is a primitive with its rule beside it. Composed of exp, + and / it would give the same
// numbers where nothing overflows, but record several nodes and keep a tensor for each.
#pragma once
#include <tinytorch/activations/relu.hpp>
#include <tinytorch/activations/smooth.hpp>
#include <tinytorch/activations/softmax.hpp>
#include <tinytorch/autograd.hpp>
