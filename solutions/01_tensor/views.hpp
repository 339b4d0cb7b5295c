// 01_tensor / views.hpp: new ways to look at the same memory.
//
// Each view is a Primitive (support/primitive.hpp): a small struct whose forward computes a shape,
// strides and an offset, and touches no number. The member functions of Tensor check their
// arguments and then call apply, so that module 03 can listen and find the way back.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <tinytorch/support/apply.hpp>
#include <tinytorch/tensor/make.hpp>

namespace tinytorch {

/// A view reads no numbers, so its derivative needs none: only shapes are kept.
struct ViewPrimitive : Primitive {
  Saves saves() const override { return {.inputs = false, .output = false}; }
};

/// Axis i of the result is axis order[i] of the input: [2, 3, 4] permuted by {2, 0, 1} -> [4, 2,
/// 3].
///
/// Goal        A transpose that costs nothing.
/// Background  Memory stays; shape and strides change places together.
/// Examples    [2, 3] with strides [3, 1], order {1, 0} -> [3, 2] with strides [1, 3]
/// Cost        O(rank) time, no new storage
/// In PyTorch  aten/src/ATen/native/TensorShape.cpp, permute
struct Permute : ViewPrimitive {
  Shape order;
  explicit Permute(Shape axes) : order(std::move(axes)) {}

  const char* name() const override { return "permute"; }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    // TODO(01.8): build the new shape and strides and return Tensor(storage, shape, strides,
    // offset).
    // HINT: result axis i takes both its size and its stride from input axis order[i].
    // BEGIN SOLUTION 01.8
    Shape shape(order.size()), strides(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t from = static_cast<std::size_t>(order[i]);
      shape[i] = x.shape()[from];
      strides[i] = x.strides()[from];
    }
    return Tensor(x.storage(), shape, strides, x.offset());
    // END SOLUTION 01.8
  }
};

/// Elements start, start + step, ... below stop of one axis. Here 0 <= start <= stop <= size and
/// step >= 1.
///
/// Goal        Every other column, the last ten rows, a crop: without a copy.
/// Background  Starting later moves the offset; stepping wider multiplies the stride.
/// Examples    arange(10).slice(0, 1, 8, 3) -> [1, 4, 7]: shape [3], strides [3], offset 1
/// Cost        O(rank) time, no new storage
struct Slice : ViewPrimitive {
  std::size_t axis;
  Index start, stop, step;
  Slice(std::size_t along, Index first, Index end, Index stride)
      : axis(along), start(first), stop(end), step(stride) {}

  const char* name() const override { return "slice"; }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    // TODO(01.9): change shape, strides and offset of one axis.
    // HINT: 1, 4, 7 are three elements below 8, not two: the division must round up.
    // BEGIN SOLUTION 01.9
    Shape shape = x.shape(), strides = x.strides();
    shape[axis] = (stop - start + step - 1) / step;
    strides[axis] *= step;
    return Tensor(x.storage(), shape, strides, x.offset() + start * x.strides()[axis]);
    // END SOLUTION 01.9
  }
};

/// Index i of one axis; the axis goes: [2, 3] selected at axis 0, i = 1 -> its second row, [3].
///
/// Cost        O(rank) time, no new storage
struct Select : ViewPrimitive {
  std::size_t axis;
  Index i;
  Select(std::size_t along, Index index) : axis(along), i(index) {}

  const char* name() const override { return "select"; }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    // TODO(01.10): move the offset to index i and take the axis out of shape and strides.
    // HINT: Shape has erase(position).
    // BEGIN SOLUTION 01.10
    Shape shape = x.shape(), strides = x.strides();
    const Index offset = x.offset() + i * strides[axis];
    shape.erase(axis);
    strides.erase(axis);
    return Tensor(x.storage(), shape, strides, offset);
    // END SOLUTION 01.10
  }
};

/// Repeats axes of size 1, and adds axes in front, without using memory: [3, 1] -> [2, 3, 4].
///
/// Goal        Broadcasting (02_ops) for free.
/// Background  A stride of 0 goes nowhere: every index along that axis reads the same number.
/// Examples    [3, 1] with strides [1, 1] to [2, 3, 4] -> strides [0, 1, 0]
/// Cost        O(rank) time, no new storage
/// In PyTorch  aten/src/ATen/ExpandUtils.cpp, inferExpandGeometry
struct Expand : ViewPrimitive {
  Shape shape;
  explicit Expand(Shape target) : shape(std::move(target)) {}

  const char* name() const override { return "expand"; }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    // TODO(01.11): align the axes from the right; keep the stride where the sizes agree, 0
    // elsewhere.
    // HINT: axes that are new in front have no partner in x: 0.
    // HINT: a size that is neither equal nor 1 is ShapeError("expand: cannot expand [..] to [..]").
    // BEGIN SOLUTION 01.11
    const std::size_t rank = x.shape().size();
    const auto refuse = [&] {
      throw ShapeError("expand: cannot expand " + to_string(x.shape()) + " to " + to_string(shape));
    };
    if (rank > shape.size()) refuse();
    const std::size_t added = shape.size() - rank;
    Shape strides(shape.size(), 0);
    for (std::size_t axis = 0; axis < rank; ++axis) {
      if (x.shape()[axis] == shape[added + axis]) {
        strides[added + axis] = x.strides()[axis];
      } else if (x.shape()[axis] != 1) {
        refuse();
      }
    }
    return Tensor(x.storage(), shape, strides, x.offset());
    // END SOLUTION 01.11
  }
};

/// The same elements, in order, in fresh row-major memory.
///
/// Goal        What a view cannot do: a new order in memory, or numbers of one's own.
/// Background  The outer axes are walked by for_each_row; the last axis is the loop you write.
/// Cost        one read and one write an element; 2 * nbytes of traffic. A stride that is not 1
///             reads a cache line for each number: a transposed copy is several times slower than a
///             plain one.
/// In PyTorch  aten/src/ATen/native/Copy.cpp
struct Copy : ViewPrimitive {
  const char* name() const override { return "copy"; }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    Tensor out = empty(x.shape());
    // TODO(01.12): copy row by row with for_each_row.
    // HINT: for_each_row<2>(shape, {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at)
    // HINT: {...})
    // HINT: calls you with the storage offsets at[0] and at[1] where a row begins. A scalar is one
    // HINT: row of one.
    // BEGIN SOLUTION 01.12
    const Index length = x.dim() == 0 ? 1 : x.size(-1);
    const Index step = x.dim() == 0 ? 1 : x.strides().back();
    const real* from = x.storage()->data();
    real* to = out.storage()->data();
    for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
      for (Index i = 0; i < length; ++i) to[at[1] + i] = from[at[0] + i * step];
    });
    return out;
    // END SOLUTION 01.12
  }
};

/// The strides with which `shape` looks at memory laid out as `from` and `strides`; nothing if only
/// a copy can.
///
/// Goal        reshape without a copy wherever that is possible.
/// Background  Walk both shapes from the right. Neighbouring axes of the old shape form one block
///             if the outer stride is exactly the inner stride times the inner size. Within a block
///             the new axes are laid out row-major; a new axis must never reach across two blocks.
/// Examples    [4, 3] strides [3, 1] as [2, 6]   -> [6, 1]
///             [3, 4] strides [1, 3] (transposed) as [12] -> nothing
///             [2, 3, 4] strides [24, 8, 2] as [6, 4] -> [8, 2]
/// Cost        O(rank of both)
/// In PyTorch  aten/src/ATen/TensorUtils.cpp, computeStride
inline std::optional<Shape> view_strides(const Shape& from, const Shape& strides,
                                         const Shape& shape) {
  if (numel(from) == 0) return row_major_strides(shape);
  // TODO(01.13): take blocks of the old shape from the right and lay the new axes out in each.
  // HINT: collect `block` (elements so far) and `step` (its innermost stride); a block ends where
  // HINT: the next outer stride is not step * block. Then consume new axes until their product is
  // HINT: `block`.
  // HINT: axes of size 1, old or new, fit anywhere.
  // BEGIN SOLUTION 01.13
  Shape result(shape.size(), 1);
  std::size_t next = shape.size();  // new axes at and after `next` have their stride
  std::size_t axis = from.size();
  while (axis > 0) {
    if (from[axis - 1] == 1) {
      --axis;
      continue;
    }
    const Index step = strides[axis - 1];
    Index block = from[--axis];
    while (axis > 0 && (from[axis - 1] == 1 || strides[axis - 1] == step * block)) {
      block *= from[--axis];
    }
    Index done = 1;
    while (next > 0 && done < block) {
      result[--next] = step * done;
      done *= shape[next];
    }
    if (done != block) return std::nullopt;
  }
  while (next >
         0) {  // what is left has size 1: give it the stride that row-major memory would have
    --next;
    result[next] = next + 1 < shape.size() ? result[next + 1] * shape[next + 1] : 1;
  }
  return result;
  // END SOLUTION 01.13
}

/// Another shape for the same memory; `strides` come from view_strides.
struct View : ViewPrimitive {
  Shape shape, strides;
  View(Shape new_shape, Shape new_strides)
      : shape(std::move(new_shape)), strides(std::move(new_strides)) {}

  const char* name() const override { return "view"; }
  Tensor forward(Inputs in) const override {
    return Tensor(in[0].storage(), shape, strides, in[0].offset());
  }
};

namespace detail {

/// Replaces a single -1 by the size that makes the counts agree: [-1, 2] for 6 elements -> [3, 2].
inline Shape infer_shape(Shape shape, Index count, const char* who) {
  const Shape asked = shape;
  const auto fail = [&](const std::string& why) {
    throw ShapeError(std::string(who) + ": expects a shape of " + std::to_string(count) +
                     " elements, got " + to_string(asked) + why);
  };
  Index* unknown = nullptr;
  for (Index& size : shape) {
    if (size == -1 && unknown != nullptr) fail("\n  only one size may be -1");
    if (size < -1) fail("\n  a size is negative");
    if (size == -1) unknown = &size;
  }
  if (unknown != nullptr) *unknown = 1;
  const Index known = checked_numel(shape, who);
  if (unknown != nullptr) {
    if (known == 0 || count % known != 0) fail("\n  no size can stand for -1");
    *unknown = count / known;
  } else if (known != count) {
    fail(", which has " + std::to_string(known));
  }
  return shape;
}

}  // namespace detail

inline Tensor Tensor::view(const Shape& asked) const {
  const Shape target = detail::infer_shape(asked, numel(), "view");
  const auto new_strides = view_strides(shape(), strides(), target);
  if (!new_strides) {
    throw ShapeError("view: expects memory that can be seen as " + tinytorch::to_string(target) +
                     ", got shape " + tinytorch::to_string(shape()) + " with strides " +
                     tinytorch::to_string(strides()) + "\n  hint: reshape copies where it must");
  }
  return apply(View(target, *new_strides), {*this});
}

/// Another shape, by a view where memory allows it and by a copy where it does not.
///
/// Goal        The caller need not know how the tensor came to be.
/// Examples    zeros({2, 3}).reshape({3, -1}) shares storage; zeros({2, 3}).transpose(0,
///             1).reshape({6}) cannot
/// Cost        nothing, or one copy
inline Tensor Tensor::reshape(const Shape& asked) const {
  const Shape target = detail::infer_shape(asked, numel(), "reshape");
  // TODO(01.14): view if view_strides finds strides; otherwise view a contiguous copy.
  // HINT: contiguous() and view() are there already.
  // BEGIN SOLUTION 01.14
  if (view_strides(shape(), strides(), target)) return view(target);
  return contiguous().view(target);
  // END SOLUTION 01.14
}

inline Tensor Tensor::permute(const Shape& axes) const {
  Shape order(axes.size());
  Shape seen(shape().size(), 0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    order[i] = static_cast<Index>(wrap_axis(axes[i], shape().size(), "permute"));
    ++seen[static_cast<std::size_t>(order[i])];
  }
  if (seen != Shape(shape().size(), 1)) {
    throw ShapeError("permute: expects each of the " + std::to_string(dim()) + " axes once, got " +
                     tinytorch::to_string(axes));
  }
  return apply(Permute(order), {*this});
}

inline Tensor Tensor::transpose(Index a, Index b) const {
  Shape order(shape().size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Index>(i);
  std::swap(order[wrap_axis(a, order.size(), "transpose")],
            order[wrap_axis(b, order.size(), "transpose")]);
  return apply(Permute(order), {*this});
}

/// Bounds as in Python: negative ones count from the back, and what lies outside is cut off.
inline Tensor Tensor::slice(Index axis, Index start, Index stop, Index step) const {
  if (step < 1) throw ValueError("slice: expects a step >= 1, got " + std::to_string(step));
  const std::size_t along = wrap_axis(axis, shape().size(), "slice");
  const Index n = shape()[along];
  const auto clamp = [n](Index i) { return std::clamp<Index>(i < 0 ? i + n : i, 0, n); };
  const Index first = clamp(start);
  const Index stride =
      std::min(step, std::max<Index>(n, 1));  // a longer step takes one element, too
  return apply(Slice(along, first, std::max(first, clamp(stop)), stride), {*this});
}

inline Tensor Tensor::select(Index axis, Index i) const {
  const std::size_t along = wrap_axis(axis, shape().size(), "select");
  const Index n = shape()[along];
  if (i < -n || i >= n) {
    throw IndexError("select: expects an index in [" + std::to_string(-n) + ", " +
                     std::to_string(n - 1) + "] for axis " + std::to_string(axis) + " of shape " +
                     tinytorch::to_string(shape()) + ", got " + std::to_string(i));
  }
  return apply(Select(along, i < 0 ? i + n : i), {*this});
}

inline Tensor Tensor::squeeze(Index axis) const {
  const std::size_t along = wrap_axis(axis, shape().size(), "squeeze");
  if (shape()[along] != 1) return *this;  // as in PyTorch: nothing to take out
  Shape target = shape();
  target.erase(along);
  return view(target);
}

inline Tensor Tensor::unsqueeze(Index axis) const {
  Shape target = shape();
  target.insert(wrap_axis(axis, shape().size() + 1, "unsqueeze"), 1);
  return view(target);
}

/// As in PyTorch, -1 keeps the size of an axis that is already there.
inline Tensor Tensor::expand(const Shape& asked) const {
  Shape target = asked;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[target.size() - 1 - i] == -1 && i < shape().size()) {
      target[target.size() - 1 - i] = shape()[shape().size() - 1 - i];
    }
  }
  (void)detail::checked_numel(target, "expand");
  return apply(Expand(target), {*this});
}

inline Tensor Tensor::flatten(Index start) const {
  if (dim() == 0) return reshape({1});
  const std::size_t from = wrap_axis(start, shape().size(), "flatten");
  Shape target(shape().begin(), shape().begin() + from);
  target.push_back(tinytorch::numel(Shape(shape().begin() + from, shape().end())));
  return reshape(target);
}

inline Tensor Tensor::clone() const { return apply(Copy{}, {*this}); }

inline Tensor Tensor::contiguous() const { return is_contiguous() ? *this : clone(); }

inline Tensor Tensor::detach() const { return Tensor(storage(), shape(), strides(), offset()); }

inline void Tensor::set(const Shape& index, real value) {
  const Index where = position(index);
  about_to_write(*this, "set");
  storage()->data()[where] = value;
}

namespace detail {

/// Writes the numbers of `source`, which broadcasts, over those of `target`; the two may share
/// storage. All that can be wrong is found before anything changes.
inline void overwrite(const Tensor& target, const Tensor& source, const char* who) {
  Tensor from;
  try {
    from = Expand(target.shape()).forward(std::array{
        target.shares_storage_with(source) ? Copy{}.forward(std::array{source}) : source});
  } catch (const ShapeError&) {
    throw ShapeError(std::string(who) + ": expects a source that broadcasts to " +
                     to_string(target.shape()) + ", got " + to_string(source.shape()));
  }
  about_to_write(target, who);
  Shape shape = target.shape(), from_strides = from.strides(), to_strides = target.strides();
  merge_rows<2>(shape, {&from_strides, &to_strides});
  const Index length = shape.empty() ? 1 : shape.back();
  const Index from_step = shape.empty() ? 1 : from_strides.back();
  const Index to_step = shape.empty() ? 1 : to_strides.back();
  const real* read = from.storage()->data();
  real* write = target.storage()->data();
  for_each_row<2>(shape, {&from_strides, &to_strides}, {from.offset(), target.offset()},
                  [&](auto at) {
                    if (from_step == 1 && to_step == 1) {
                      std::copy_n(read + at[0], length, write + at[1]);
                      return;
                    }
                    for (Index i = 0; i < length; ++i) {
                      write[at[1] + i * to_step] = read[at[0] + i * from_step];
                    }
                  });
}

}  // namespace detail

inline Tensor& Tensor::copy_(const Tensor& source) {
  detail::overwrite(*this, source, "copy_");
  return *this;
}

inline Tensor& Tensor::fill_(real value) {
  detail::overwrite(*this, scalar(value), "fill_");
  return *this;
}

}  // namespace tinytorch
