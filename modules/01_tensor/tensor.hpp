// 01_tensor / tensor.hpp: from a block of memory to an n-dimensional array.
//
// You build:    numel, strides, offsets; at and item; permute, slice, select, expand, reshape;
// printing You need:     C++ basics; std::vector; std::shared_ptr
// Used by:      every later module
// Not here:     arithmetic (02_ops), gradients (03_autograd)
//
// The module in reading order:
//   shape.hpp    numbers about shapes: how many elements, how far to jump, which comes next
//   handle.hpp   class Tensor: a handle to storage, and how to read one number of it
//   make.hpp     zeros, ones, full, arange, eye, tensor({...}), rand, randn: given
//   views.hpp    permute, slice, expand, reshape: new ways to look at the same memory
//   print.hpp    to_string
#pragma once
#include <tinytorch/support/apply.hpp>
#include <tinytorch/support/index_tensor.hpp>
#include <tinytorch/support/memory.hpp>
#include <tinytorch/support/rng.hpp>
#include <tinytorch/tensor/handle.hpp>
#include <tinytorch/tensor/make.hpp>
#include <tinytorch/tensor/print.hpp>
#include <tinytorch/tensor/shape.hpp>
#include <tinytorch/tensor/views.hpp>
