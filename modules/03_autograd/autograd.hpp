// 03_autograd / autograd.hpp: derivatives of whatever you computed.
//
// You build:    the recorder, the order of the way back, the derivative rules of 02_ops, a check of
// them all You need:     01_tensor, 02_ops; the chain rule
// Used by:      every later module
// Not here:     what to minimise (06_losses) and how to step (07_optimizers)
//
// The module in reading order:
//   graph.hpp      what is recorded while you compute, and when nothing is (NoGrad)
//   rules.hpp      how a primitive finds its derivative rule; undoing a broadcast
//   engine.hpp     backward: from a loss to the gradients, in the right order
//   vjp_math.hpp   rules of the elementwise operations
//   vjp_shape.hpp  rules of views, reductions, cat and matmul
//   gradcheck.hpp  are the rules right? finite differences tell
//   checkpoint.hpp less memory for more arithmetic (stretch)
//   dot.hpp        the graph as a picture
#pragma once
#include <tinytorch/autograd/checkpoint.hpp>
#include <tinytorch/autograd/dot.hpp>
#include <tinytorch/autograd/engine.hpp>
#include <tinytorch/autograd/gradcheck.hpp>
#include <tinytorch/autograd/graph.hpp>
#include <tinytorch/autograd/rules.hpp>
#include <tinytorch/autograd/vjp_math.hpp>
#include <tinytorch/autograd/vjp_shape.hpp>
#include <tinytorch/ops.hpp>
