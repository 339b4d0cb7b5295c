// 05_layers / layers.hpp: state and structure.
//
// You build:    a tree of named parameters, their first values, Linear, Dropout, Sequential
// You need:     01_tensor, 02_ops, 03_autograd, 04_activations
// Used by:      every later module that has something to learn
// Not here:     what to minimise (06_losses) and how to step (07_optimizers)
//
// The module in reading order:
//   tree.hpp               what a module remembers; walks over its children
//   module.hpp             class Module: the handle, and how members are registered
//   init.hpp               the numbers that learning starts from
//   linear.hpp             a matrix and a bias
//   dropout.hpp            forgets at random while training
//   containers.hpp         Sequential, ModuleList, Flatten, Identity
//   activation_layers.hpp  ReLU and the others as modules
//   table.hpp              a module as text
#pragma once
#include <tinytorch/layers/activation_layers.hpp>
#include <tinytorch/layers/containers.hpp>
#include <tinytorch/layers/dropout.hpp>
#include <tinytorch/layers/init.hpp>
#include <tinytorch/layers/linear.hpp>
#include <tinytorch/layers/module.hpp>
#include <tinytorch/layers/table.hpp>
#include <tinytorch/layers/tree.hpp>
