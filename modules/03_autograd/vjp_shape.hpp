// 03_autograd / vjp_shape.hpp: derivative rules of what moves numbers, adds them up, or multiplies
// matrices.
//
// The way back of a view puts each gradient where its number came from. All these operations are
// linear (but for max), so their rules read shapes only, and backward keeps no numbers for them.
#pragma once
#include <cmath>
#include <utility>

#include <tinytorch/autograd/rules.hpp>

namespace tinytorch {

/// The permutation that undoes op.order.
///
/// Examples    order {2, 0, 1}: result axis 0 came from axis 2. Back: {1, 2, 0}
inline Grads vjp(const Permute& op, Inputs, const Tensor&, const Tensor& g) {
  // TODO(03.15): permute g by the inverse of op.order.
  // HINT: if result axis i came from axis order[i], then inverse[order[i]] is i.
  todo("03.15", "vjp_permute");
}

inline Grads vjp(const View&, Inputs in, const Tensor&, const Tensor& g) {
  return {g.reshape(in[0].shape())};
}

inline Grads vjp(const Copy&, Inputs, const Tensor&, const Tensor& g) { return {g}; }

/// Zeros of a shape, with the input written into a slice of them: the way back of Slice. Given
/// code.
struct SliceScatter : ViewPrimitive {
  Shape shape;
  Slice where;
  SliceScatter(Shape whole, Slice slice) : shape(std::move(whole)), where(std::move(slice)) {}

  const char* name() const override { return "slice_scatter"; }
  Tensor forward(Inputs in) const override {
    Tensor out = zeros(shape);
    where.forward(std::array{out}).copy_(in[0]);
    return out;
  }
};

inline Grads vjp(const SliceScatter& op, Inputs, const Tensor&, const Tensor& g) {
  return {apply(op.where, {g})};
}

/// What was sliced out gets g; the rest of the input gets 0.
inline Grads vjp(const Slice& op, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.16): scatter g into zeros of the input's shape.
  // HINT: apply(SliceScatter(...), {g})
  todo("03.16", "vjp_slice");
}

inline Grads vjp(const Select& op, Inputs in, const Tensor&, const Tensor& g) {
  const Slice one(op.axis, op.i, op.i + 1, 1);
  return {apply(SliceScatter(in[0].shape(), one), {g.unsqueeze(static_cast<Index>(op.axis))})};
}

/// A number that was repeated gets the sum of the gradients of all its copies.
inline Grads vjp(const Expand&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.17): Expand is broadcasting by name.
  // HINT: one line.
  todo("03.17", "vjp_expand");
}

namespace detail {

/// g with the axes that a reduction took away put back, size 1: [2] from [2, 3] over {1} -> [2, 1].
inline Tensor restore_axes(Tensor g, const Shape& axes, bool keepdim) {
  if (keepdim) return g;
  for (const Index axis : axes) g = g.unsqueeze(axis);  // ascending, so each lands in its place
  return g;
}

/// 1 at the first element, in row-major order, that is the maximum `best` of its group; 0
/// elsewhere.
inline Tensor first_winner(const Tensor& x, const Tensor& best, const Shape& axes) {
  const Tensor values = x.detach().contiguous();
  const Tensor limits = restore_axes(best.detach(), axes, best.dim() == x.dim()).expand(x.shape());
  Tensor taken = zeros(limits.storage()->size() == 0 ? Shape{0} : Shape{limits.storage()->size()});
  Tensor mask = zeros(x.shape());
  Shape index(x.shape().size());
  Index i = 0;
  if (x.numel() == 0) return mask;
  do {
    const Index slot = flat_offset(index, limits.strides(), limits.offset());
    const real value = values.data()[i], limit = limits.storage()->data()[slot];
    const bool wins = value == limit || (std::isnan(value) && std::isnan(limit));
    if (wins && taken.data()[slot] == 0) {
      taken.data()[slot] = 1;
      mask.data()[i] = 1;
    }
    ++i;
  } while (next_index(index.data(), x.shape()));
  return mask;
}

}  // namespace detail

/// Every number that went into a sum gets the sum's gradient.
///
/// Examples    x [2, 3] summed over {1}, g [10, 20] -> [[10, 10, 10], [20, 20, 20]]
/// Cost        no memory: the result is an expanded view of g
inline Grads vjp(const Sum& op, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.18): put the reduced axes back, then repeat g along them.
  // HINT: detail::restore_axes, then expand.
  todo("03.18", "vjp_sum");
}

/// The winner takes all: the element that argmax names gets the gradient, the others 0.
///
/// Background  Several equal maxima share no gradient here: the first one gets it, as in
///             torch.max(x, dim). Handing g to each of them would make the gradient too large.
inline Grads vjp(const Max& op, Inputs in, const Tensor& out, const Tensor& g) {
  // TODO(03.19): a mask of winners times g, with the reduced axes put back.
  // HINT: detail::first_winner(x, best, axes) is the mask.
  todo("03.19", "vjp_max");
}

/// Each piece gets its part of g.
inline Grads vjp(const Cat& op, Inputs in, const Tensor&, const Tensor& g) {
  Grads grads;
  // TODO(03.20): slice g along op.axis, one piece after another.
  // HINT: the pieces may differ in size along the axis; keep a running start.
  todo("03.20", "vjp_cat");
}

namespace detail {

/// unbroadcast(matmul(x, y), like.shape()), but cheaper where `like` is a matrix that all leading axes
/// of the product shared, such as a Linear's weight.
///
/// Background  Then the leading axes are more terms of the same sum: one product of long matrices
///             instead of one for each leading index, and nothing to add up. And a transposed view
///             gets a gradient that lies in memory as it does, so that no one has to copy it later.
/// In PyTorch  the layout: torch/csrc/autograd/FunctionsManual.cpp, mm_mat2_backward
inline Tensor product_like(const Tensor& like, const Tensor& x, const Tensor& y) {
  if (like.dim() != 2 || x.numel() == 0) return unbroadcast(matmul(x, y), like.shape());
  const Tensor left = x.transpose(-1, -2).reshape({-1, x.size(-2)});  // [all terms, rows]
  const Tensor right = y.reshape({-1, y.size(-1)});                   // [all terms, columns]
  if (like.strides()[0] == 1) return matmul(right.transpose(0, 1), left).transpose(0, 1);
  return matmul(left.transpose(0, 1), right);
}

}  // namespace detail

/// C = A B: dA = g B^T, dB = A^T g. The shapes admit nothing else.
///
/// Background  Transposing is a view, so nothing is copied for it. A batch axis along which one
///             operand was broadcast is summed away.
/// Cost        two products of the size of the forward one: backward costs twice the forward. A
///             gradient that nobody wants (the data, in the first layer) is not computed.
inline Grads vjp(const Matmul&, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor &a = in[0], &b = in[1];
  Grads grads(2);
  // TODO(03.21): fill grads[0] if a.requires_grad(), grads[1] if b.requires_grad().
  // HINT: transpose(-1, -2) for the last two axes; unbroadcast for the leading ones. (Once that is
  // HINT: right, detail::product_like for dB: the same numbers, and a Linear learns faster.)
  todo("03.21", "vjp_matmul");
}

namespace detail {
inline const bool shape_rules_defined =
    define_rules<Permute, View, Copy, SliceScatter, Slice, Select, Expand, Sum, Max, Cat, Matmul>();
}  // namespace detail

}  // namespace tinytorch
