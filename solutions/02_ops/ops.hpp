// 02_ops / ops.hpp: arithmetic on whole tensors.
//
// You build:    broadcasting, the two elementwise kernels, reductions over axes, cat, matmul
// You need:     01_tensor
// Used by:      every later module
// Not here:     gradients (03_autograd), relu and its kin (04_activations)
// Legend:       M, K, N sizes of matrices; * any number of leading (batch) axes
//
// The module in reading order:
//   broadcast.hpp    which shapes go together, and how
//   elementwise.hpp  + - * /, exp, log, ... , where; in place: add_, mul_
//   reduce.hpp       sum, mean, max, min, var, argmax over all or some axes
//   join.hpp         cat and stack
//   matmul.hpp       matrix products: ijk, ikj, batches
//   gemm.hpp         and as a library writes them (stretch)
//   flops.hpp        FlopCounter: what a computation costs, counted
#pragma once
#include <tinytorch/ops/broadcast.hpp>
#include <tinytorch/ops/elementwise.hpp>
#include <tinytorch/ops/flops.hpp>
#include <tinytorch/ops/gemm.hpp>
#include <tinytorch/ops/join.hpp>
#include <tinytorch/ops/matmul.hpp>
#include <tinytorch/ops/reduce.hpp>
#include <tinytorch/tensor.hpp>
