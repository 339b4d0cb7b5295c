// 07_optimizers / optimizers.hpp: how to step.
//
// You build:    the step and its memory, SGD with momentum, RMSprop, Adam, AdamW; stretch: Lion, Muon
// You need:     01_tensor, 02_ops, 03_autograd; StateDict of 05_layers
// Used by:      every program that trains
// Not here:     how the learning rate changes over time, clipping (14_training)
//
// The module in reading order:
//   parameter_update.hpp  one parameter during one step: numbers, gradient, memory
//   optimizer.hpp         what all optimizers share: groups, step, saving and loading
//   sgd.hpp               downhill; with momentum, downhill with inertia
//   rmsprop.hpp           a step size for each number
//   adam.hpp              both ideas together; and what weight decay should mean
//   lion.hpp              only the sign (stretch)
//   muon.hpp              matrices as matrices (stretch)
#pragma once
#include <tinytorch/optimizers/adam.hpp>
#include <tinytorch/optimizers/lion.hpp>
#include <tinytorch/optimizers/muon.hpp>
#include <tinytorch/optimizers/optimizer.hpp>
#include <tinytorch/optimizers/parameter_update.hpp>
#include <tinytorch/optimizers/rmsprop.hpp>
#include <tinytorch/optimizers/sgd.hpp>
