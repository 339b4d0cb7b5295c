// 02_ops / join.hpp: several tensors become one.
#pragma once
#include <string>
#include <vector>

#include <tinytorch/tensor.hpp>

namespace tinytorch {

/// One after another along an axis: [2, 3] and [2, 1] along 1 -> [2, 4].
///
/// Goal        What slice takes apart, put together.
/// Background  A result in one block of memory cannot be a view of several: cat always copies.
/// Cost        reads and writes every element once
/// In PyTorch  aten/src/ATen/native/TensorShape.cpp, cat
struct Cat : Primitive {
  std::size_t axis;
  explicit Cat(std::size_t along) : axis(along) {}

  const char* name() const override { return "cat"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    Shape shape = in[0].shape();
    shape[axis] = 0;
    for (const Tensor& t : in) shape[axis] += t.shape()[axis];
    Tensor out = empty(shape);
    // TODO(02.12): copy each input into its place along the axis.
    // HINT: a slice of `out` is a view of the place, and copy_ writes through it.
    // BEGIN SOLUTION 02.12
    Index start = 0;
    for (const Tensor& t : in) {
      const Index stop = start + t.shape()[axis];
      out.slice(static_cast<Index>(axis), start, stop).copy_(t);
      start = stop;
    }
    return out;
    // END SOLUTION 02.12
  }
};

/// Joins tensors along an axis that they have. All other sizes must agree.
inline Tensor cat(const std::vector<Tensor>& tensors, Index axis = 0) {
  if (tensors.empty()) throw ValueError("cat: expects at least one tensor, got none");
  const Shape& first = tensors[0].shape();
  const std::size_t along = wrap_axis(axis, first.size(), "cat");
  for (const Tensor& t : tensors) {
    Shape shape = t.shape();
    if (shape.size() == first.size()) shape[along] = first[along];
    if (shape != first) {
      throw ShapeError("cat: expects sizes that agree outside axis " + std::to_string(axis) +
                       ", got " + to_string(first) + " and " + to_string(t.shape()));
    }
  }
  return apply(Cat(along), Inputs(tensors));
}

/// Joins tensors of one shape along a new axis: three of [2, 4] along 0 -> [3, 2, 4].
inline Tensor stack(const std::vector<Tensor>& tensors, Index axis = 0) {
  if (tensors.empty()) throw ValueError("stack: expects at least one tensor, got none");
  for (const Tensor& t : tensors) {
    if (t.shape() != tensors[0].shape()) {
      throw ShapeError("stack: expects tensors of one shape, got " + to_string(tensors[0].shape()) +
                       " and " + to_string(t.shape()));
    }
  }
  // TODO(02.13): give each tensor the new axis, then cat.
  // HINT: unsqueeze
  // BEGIN SOLUTION 02.13
  std::vector<Tensor> with_axis;
  for (const Tensor& t : tensors) with_axis.push_back(t.unsqueeze(axis));
  return cat(with_axis, axis);
  // END SOLUTION 02.13
}

}  // namespace tinytorch
