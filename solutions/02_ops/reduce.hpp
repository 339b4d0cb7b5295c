// 02_ops / reduce.hpp: many numbers in, fewer out.
//
// A reduction takes some axes away. keepdim leaves them in with size 1, so that the result
// broadcasts against what it came from: x - mean(x, 1, true).
#pragma once
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include <tinytorch/ops/elementwise.hpp>

namespace tinytorch {

namespace detail {

/// Axes from 0 to rank-1 in ascending order, each once; negative ones count from the back.
inline Shape checked_axes(const Shape& axes, const Shape& shape, const char* who) {
  Shape wrapped;
  for (const Index axis : axes) {
    wrapped.push_back(static_cast<Index>(wrap_axis(axis, shape.size(), who)));
  }
  std::sort(wrapped.begin(), wrapped.end());
  if (std::adjacent_find(wrapped.begin(), wrapped.end()) != wrapped.end()) {
    throw ShapeError(std::string(who) + ": expects each axis once, got " + to_string(axes));
  }
  return wrapped;
}

inline Shape all_axes(const Tensor& x) {
  Shape axes(x.shape().size());
  for (std::size_t i = 0; i < axes.size(); ++i) axes[i] = static_cast<Index>(i);
  return axes;
}

}  // namespace detail

/// The shape that is left when `axes` (ascending, not negative) are reduced.
///
/// Examples    [2, 3, 4] over {1} -> [2, 4], with keepdim [2, 1, 4];  over {0, 1, 2} -> []
inline Shape reduced_shape(const Shape& shape, const Shape& axes, bool keepdim) {
  // TODO(02.6): keep the sizes of the other axes; a reduced one becomes 1 or goes.
  // HINT: std::find(axes.begin(), axes.end(), axis) tells whether an axis is among them.
  // BEGIN SOLUTION 02.6
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool reduced =
        std::find(axes.begin(), axes.end(), static_cast<Index>(axis)) != axes.end();
    if (!reduced) result.push_back(shape[axis]);
    else if (keepdim) result.push_back(1);
  }
  return result;
  // END SOLUTION 02.6
}

namespace detail {

/// Calls visit(row, slot, length, step, slot_step) for each row of x: where it lies, and the element
/// of the result that its numbers belong to. `slot_step` is 0 if the row is reduced, 1 if its
/// elements have slots in turn. Axes that lie against each other are one row (merge_rows).
template <class Visit>
void for_each_reduced_row(const Tensor& x, const Shape& axes, Visit visit) {
  // The result, seen with the input's shape: a reduced axis has stride 0, so all of it lands in one
  // slot.
  const Shape kept = reduced_shape(x.shape(), axes, true);
  Shape slots = row_major_strides(kept);
  for (const Index axis : axes) slots[static_cast<std::size_t>(axis)] = 0;
  Shape walked = x.shape(), strides = x.strides();
  merge_rows<2>(walked, {&strides, &slots});
  const Index length = walked.empty() ? 1 : walked.back();
  const Index step = walked.empty() ? 0 : strides.back();
  const Index slot_step = walked.empty() ? 0 : slots.back();
  const real* from = x.storage()->data();
  for_each_row<2>(walked, {&strides, &slots}, {x.offset(), 0},
                  [&](auto at) { visit(from + at[0], at[1], length, step, slot_step); });
}

}  // namespace detail

/// The sum over some axes.
///
/// Goal        The reduction that all others, and the gradient of every broadcast, are made of.
/// Background  float has 24 bits: adding a small number to a large sum loses it. A row is summed in
///             double, which costs little, as reading memory is what takes the time.
/// Examples    [[1, 2, 3], [4, 5, 6]] over {1} -> [6, 15];  over {0} -> [5, 7, 9];  of no elements
///             -> 0
/// Cost        numel(input) additions
/// In PyTorch  aten/src/ATen/native/cpu/SumKernel.cpp: float with cascaded partial sums
struct Sum : Primitive {
  Shape axes;
  bool keepdim;
  Sum(Shape over, bool keep) : axes(std::move(over)), keepdim(keep) {}

  const char* name() const override { return "sum"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Index flops(Inputs in, const Tensor&) const override { return in[0].numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    Tensor out = zeros(reduced_shape(x.shape(), axes, keepdim));
    real* sums = out.data();
    // TODO(02.7): add every row into its slot, or its numbers into theirs.
    // HINT: detail::for_each_reduced_row(x, axes, [&](const real* row, Index slot, Index length,
    // HINT: Index step, Index slot_step) {...}); number i of a row belongs to sums[slot + i *
    // HINT: slot_step].
    // HINT: where slot_step is 0 the whole row has one slot: sum it in a double first.
    // BEGIN SOLUTION 02.7
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          if (slot_step == 0) {
            const auto next = [=](Index i) { return row[i]; };
            const auto apart = [=](Index i) { return row[i * step]; };
            sums[slot] += static_cast<real>(step == 1 ? sum_in_lanes(length, next)
                                                      : sum_in_lanes(length, apart));
          } else {
            for (Index i = 0; i < length; ++i) sums[slot + i] += row[i * step];
          }
        });
    return out;
    // END SOLUTION 02.7
  }
};

/// The largest element over some axes; NaN if there is one.
///
/// Cost        numel(input) comparisons
/// In PyTorch  torch.amax; aten/src/ATen/native/cpu/ReduceOpsKernel.cpp
struct Max : Primitive {
  Shape axes;
  bool keepdim;
  Max(Shape over, bool keep) : axes(std::move(over)), keepdim(keep) {}

  const char* name() const override { return "max"; }
  Saves saves() const override { return {.inputs = true, .output = true}; }
  Index flops(Inputs in, const Tensor&) const override { return in[0].numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor& x = in[0];
    Tensor out =
        full(reduced_shape(x.shape(), axes, keepdim), -std::numeric_limits<real>::infinity());
    real* best = out.data();
    // TODO(02.8): keep in each slot the largest number that belongs to it.
    // HINT: a comparison with NaN is false. Which way round must it stand so that NaN stays?
    // BEGIN SOLUTION 02.8
    detail::for_each_reduced_row(
        x, axes, [&](const real* row, Index slot, Index length, Index step, Index slot_step) {
          for (Index i = 0; i < length; ++i) {
            real& winner = best[slot + i * slot_step];
            const real value = row[i * step];
            if (value > winner || std::isnan(value)) winner = value;
          }
        });
    return out;
    // END SOLUTION 02.8
  }
};

inline Tensor sum(const Tensor& x, const Shape& axes, bool keepdim = false) {
  return apply(Sum(detail::checked_axes(axes, x.shape(), "sum"), keepdim), {x});
}
inline Tensor sum(const Tensor& x, Index axis, bool keepdim = false) {
  return sum(x, Shape{axis}, keepdim);
}
inline Tensor sum(const Tensor& x) { return sum(x, detail::all_axes(x)); }

/// The arithmetic mean over some axes; of no elements it is NaN, as in PyTorch.
///
/// Examples    [[1, 2, 3], [4, 5, 6]] over {1} -> [2, 5]
inline Tensor mean(const Tensor& x, const Shape& axes, bool keepdim = false) {
  // TODO(02.9): divide the sum by how many numbers went into each slot.
  // HINT: ordinary operations on tensors will do; then its derivative needs no rule of its own.
  // HINT: the count is the product of the sizes of the reduced axes; checked_axes wraps negative
  // HINT: ones.
  // BEGIN SOLUTION 02.9
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "mean")) count *= x.size(axis);
  return sum(x, axes, keepdim) / static_cast<real>(count);
  // END SOLUTION 02.9
}
inline Tensor mean(const Tensor& x, Index axis, bool keepdim = false) {
  return mean(x, Shape{axis}, keepdim);
}
inline Tensor mean(const Tensor& x) { return mean(x, detail::all_axes(x)); }

/// The variance over some axes: the mean squared distance from the mean, times n / (n -
/// correction).
///
/// Background  correction = 1 makes the estimate unbiased (Bessel) and is PyTorch's default; layer
///             and batch normalisation use 0. E[x^2] - E[x]^2 would read memory once, not twice,
///             and lose all digits when the mean is large: 10000.1, 10000.2, 10000.3 have the
///             variance 0.01, not 0 or 8.
/// In PyTorch  aten/src/ATen/native/SharedReduceOps.h, WelfordOps: one pass and stable
inline Tensor var(const Tensor& x, const Shape& axes, bool keepdim = false, Index correction = 1) {
  // TODO(02.10): two passes: first the mean (keepdim!), then the squared distances.
  // HINT: the distance d = x - mean broadcasts; sum(d * d, ...) / (count - correction).
  // BEGIN SOLUTION 02.10
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "var")) count *= x.size(axis);
  const Tensor distance = x - mean(x, axes, true);
  return sum(distance * distance, axes, keepdim) / static_cast<real>(count - correction);
  // END SOLUTION 02.10
}
inline Tensor var(const Tensor& x, Index axis, bool keepdim = false, Index correction = 1) {
  return var(x, Shape{axis}, keepdim, correction);
}
inline Tensor var(const Tensor& x) { return var(x, detail::all_axes(x)); }

namespace detail {

/// The largest of no numbers is nothing: refuses to reduce an axis of size 0.
inline Shape checked_nonempty_axes(const Shape& axes, const Tensor& x, const char* who) {
  const Shape over = checked_axes(axes, x.shape(), who);
  for (const Index axis : over) {
    if (x.size(axis) == 0) {
      throw ShapeError(std::string(who) + ": expects at least one element, got none along axis " +
                       std::to_string(axis) + " of " + to_string(x.shape()));
    }
  }
  return over;
}

}  // namespace detail

inline Tensor max(const Tensor& x, const Shape& axes, bool keepdim = false) {
  return apply(Max(detail::checked_nonempty_axes(axes, x, "max"), keepdim), {x});
}
inline Tensor max(const Tensor& x, Index axis, bool keepdim = false) {
  return max(x, Shape{axis}, keepdim);
}
inline Tensor max(const Tensor& x) { return max(x, detail::all_axes(x)); }

inline Tensor min(const Tensor& x, const Shape& axes, bool keepdim = false) {
  return -max(-x, detail::checked_nonempty_axes(axes, x, "min"), keepdim);
}
inline Tensor min(const Tensor& x, Index axis, bool keepdim = false) {
  return min(x, Shape{axis}, keepdim);
}
inline Tensor min(const Tensor& x) { return min(x, detail::all_axes(x)); }

/// Where along `axis` the largest element stands; the first one if there are several.
///
/// Examples    [[1, 9, 9], [4, 5, 6]] along 1 -> [1, 2]
/// Background  Whole numbers have no gradient, so the result is an IndexTensor and no Primitive is
///             applied.
/// In PyTorch  torch.argmax; NaN counts as the largest
inline IndexTensor argmax(const Tensor& x, Index axis, bool keepdim = false) {
  const Shape along = detail::checked_nonempty_axes({axis}, x, "argmax");
  const Shape shape = reduced_shape(x.shape(), along, keepdim);
  std::vector<Index> winners(static_cast<std::size_t>(numel(shape)));
  // TODO(02.11): for each line of numbers along the axis find the first largest.
  // HINT: x.select(axis, i) is a view of one place in all lines; compare them in turn with the best
  // HINT: so far.
  // HINT: detach() first: a gradient has no business here. contiguous() gives memory in row-major
  // HINT: order.
  // BEGIN SOLUTION 02.11
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).clone();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i).contiguous();
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      const real value = candidate.data()[slot];
      real& winner = best.data()[slot];
      if (value > winner || (std::isnan(value) && !std::isnan(winner))) {
        winner = value;
        winners[slot] = i;
      }
    }
  }
  return IndexTensor(std::move(winners), shape);
  // END SOLUTION 02.11
}

/// Where the largest of all elements stands in row-major order.
inline IndexTensor argmax(const Tensor& x) { return argmax(x.detach().reshape({-1}), 0); }

}  // namespace tinytorch
