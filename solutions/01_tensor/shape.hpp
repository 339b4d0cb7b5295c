// 01_tensor / shape.hpp: the arithmetic of shapes, with no memory in sight.
//
// A tensor's numbers lie in one flat block. A shape says how many there are along each axis,
// strides say how far to jump in the block when an index grows by one. Strides count elements, not
// bytes.
#pragma once
#include <tinytorch/support/error.hpp>
#include <tinytorch/support/shape.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

/// How many elements a shape holds: [2, 3, 4] -> 24.
///
/// Goal        The size of the block that a tensor of this shape needs.
/// Examples    [5] -> 5;  [2, 0, 3] -> 0;  [] -> 1, for a scalar is one number
/// Cost        O(rank)
/// In PyTorch  c10/core/TensorImpl.h, numel(): kept in the tensor, not computed at each call
inline Index numel(const Shape& shape) {
  // TODO(01.1): multiply the sizes of all axes.
  // HINT: what must the product of no numbers at all be, so that [] gives 1?
  // BEGIN SOLUTION 01.1
  Index count = 1;
  for (const Index size : shape) count *= size;
  return count;
  // END SOLUTION 01.1
}

/// Strides of a contiguous (row-major) tensor: [2, 3, 4] -> [12, 4, 1].
///
/// Goal        How far to jump in memory when one index grows by one.
/// Background  The last axis is contiguous; each earlier axis skips everything after it.
/// Examples    [] -> [];  [5] -> [1];  [2, 1, 3] -> [3, 3, 1]
/// Cost        O(rank)
/// In PyTorch  c10/core/Contiguity.h and TensorImpl::empty_tensor_restride
inline Shape row_major_strides(const Shape& shape) {
  // TODO(01.2): fill the strides from the last axis to the first.
  // HINT: keep a running product; what is it before the last axis?
  // BEGIN SOLUTION 01.2
  Shape strides(shape.size());
  Index step = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
  // END SOLUTION 01.2
}

/// Where the element at `index` lies: offset + index[0] * strides[0] + index[1] * strides[1] + ...
///
/// Goal        One formula that serves every view: transposed, sliced, broadcast.
/// Examples    index [1, 2], strides [3, 1], offset 0 -> 5;  strides [1, 3] (transposed) -> 7
/// Cost        O(rank), the price of each random access
inline Index flat_offset(const Shape& index, const Shape& strides, Index offset) {
  // TODO(01.3): add up what each axis contributes.
  // HINT: a scalar has no axes; then the answer is `offset` itself.
  // BEGIN SOLUTION 01.3
  Index position = offset;
  for (std::size_t axis = 0; axis < index.size(); ++axis) position += index[axis] * strides[axis];
  return position;
  // END SOLUTION 01.3
}

/// Moves `index` to the next one in row-major order, like the wheels of an odometer.
///
/// Goal        To visit all elements of any shape with a single loop.
/// Examples    shape [2, 3]: [0, 0] -> [0, 1] -> [0, 2] -> [1, 0] -> [1, 1] -> [1, 2] -> [0, 0]
/// Returns     true, or false when it has come round to all zeros: there was no next one. A scalar
///             has only the index [], so the answer is false at once.
/// Cost        O(1) on average: the last wheel turns every time, the one before it seldom
inline bool next_index(Index* index, const Shape& shape) {
  // TODO(01.4): turn the last wheel; when it is past its end, set it to 0 and carry to the one
  // before.
  // HINT: loop over the axes from the last to the first, and return as soon as a wheel need not
  // HINT: carry.
  // BEGIN SOLUTION 01.4
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (++index[axis] < shape[axis]) return true;
    index[axis] = 0;
  }
  return false;
  // END SOLUTION 01.4
}

/// Calls visit(offset_0, .., offset_N-1) for each row of N tensors that share a shape; given code.
///
/// A row is the last axis. The caller loops over it with its own strides, so that the inner loop,
/// where all the time goes, is a plain loop that a compiler can vectorise.
template <std::size_t N, class Visit>
void for_each_row(const Shape& shape, const std::array<const Shape*, N>& strides,
                  const std::array<Index, N>& offsets, Visit visit) {
  if (numel(shape) == 0) return;
  Shape outer = shape;
  if (!outer.empty()) outer.pop_back();
  // The innermost of the outer axes is a plain loop: the wheels turn once for all its rows.
  const Index rows = outer.empty() ? 1 : outer.back();
  std::array<Index, N> step{};
  if (!outer.empty()) {
    for (std::size_t k = 0; k < N; ++k) step[k] = (*strides[k])[outer.size() - 1];
    outer.pop_back();
  }
  Shape index(outer.size());
  do {
    std::array<Index, N> at{};
    for (std::size_t k = 0; k < N; ++k) at[k] = flat_offset(index, *strides[k], offsets[k]);
    for (Index row = 0; row < rows; ++row) {
      visit(at);
      for (std::size_t k = 0; k < N; ++k) at[k] += step[k];
    }
  } while (next_index(index.data(), outer));
}

/// Walks the last axes as one where they lie against each other in all N tensors, so that rows are
/// long: [64, 1, 28, 28] in row-major order is one row of 50176 numbers. Changes its arguments; given
/// code.
/// In PyTorch: aten/src/ATen/TensorIterator.cpp, coalesce_dimensions
template <std::size_t N>
void merge_rows(Shape& shape, const std::array<Shape*, N>& strides) {
  while (shape.size() > 1) {
    const std::size_t last = shape.size() - 1;
    for (const Shape* s : strides) {
      if ((*s)[last - 1] != (*s)[last] * shape[last]) return;
    }
    shape[last - 1] *= shape[last];
    shape.pop_back();
    for (Shape* s : strides) {
      (*s)[last - 1] = (*s)[last];
      s->pop_back();
    }
  }
}

}  // namespace tinytorch
