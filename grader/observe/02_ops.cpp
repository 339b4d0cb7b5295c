// Observations of module 02: arithmetic on whole tensors.
#include <tinytorch/ops.hpp>

#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::broadcasting_shapes;
using observe::random_tensor;
using observe::see;
using observe::see_error;

namespace {

/// Some axes of a tensor, each once, from the front or from the back.
Shape some_axes(observe::Case& c, const Tensor& t) {
  Shape axes;
  for (Index axis = 0; axis < t.dim(); ++axis) {
    if (c.coin()) axes.push_back(c.coin() ? axis : axis - t.dim());
  }
  return axes.empty() ? Shape{-1} : axes;
}

Tensor with_axes(observe::Case& c, Index min_size = 1) {
  return any_tensor(c, c.shape(1, 4, min_size));
}

struct Product {
  Tensor a, b, out;
};

Product product(observe::Case& c) {
  const Index m = c.whole(1, 6), k = c.repetition() == 0 ? 0 : c.whole(1, 6), n = c.whole(1, 6);
  return {random_tensor(c, {m, k}), random_tensor(c, {k, n}),
          random_tensor(c, {m, n})};  // out starts with numbers that must go
}

/// Bytes of tensors that `act` makes.
template <class Act>
void see_bytes(observe::Case& c, Act act) {
  const auto before = memory::stats().allocated_bytes;
  act();
  see(c, static_cast<Index>(memory::stats().allocated_bytes - before));
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The same numbers with one in two of `special` at random places.
Tensor with(observe::Case& c, const Tensor& t, double special) {
  std::vector<double> values(t.data(), t.data() + observe::count_of(t.shape()));
  for (double& value : values) {
    if (c.whole(0, 3) == 0) value = special;
  }
  return observe::tensor_of(values, t.shape());
}

/// Rows and columns of a tensor as the kernels see them; b and out are row-major.
Matrix matrix(const Tensor& t) {
  return {t.data(), t.shape()[0], t.shape()[1], t.strides()[0], t.strides()[1]};
}

}  // namespace

OBSERVE("02.1", "broadcast_shapes, and shapes that do not fit") {
  const auto [a, b] = broadcasting_shapes(c);
  see(c, broadcast_shapes(a, b, "observe"));
  see(c, broadcast_shapes({0, 2, 1}, {1, 1, c.whole(0, 3)}, "observe"));  // 0 wins over 1
  const Shape wrong = {2, 3, c.whole(2, 5)}, other = {3, c.whole(6, 9)};
  see_error(c, [&] { (void)broadcast_shapes(wrong, other, "observe"); });
}

OBSERVE("02.2", "one operand: exp, log, sqrt, tanh, abs, neg, pow") {
  const Tensor x = any_tensor(c, c.shape(0, 4, c.repetition() == 0 ? 0 : 1), 0.1, 3);
  for (const Tensor& y : {exp(x), log(x), sqrt(x), tanh(x), abs(x - real(1)), -x, pow(x, 2.5f)})
    see(c, y);
}

OBSERVE("02.3", "two operands that broadcast: + - * / maximum minimum") {
  const auto [a, b] = broadcasting_shapes(c);
  const Tensor x = any_tensor(c, a), y = any_tensor(c, b, 0.5, 2);
  for (const Tensor& z : {x + y, y - x, x * y, x / y, maximum(x, y), minimum(x, y)}) see(c, z);
  for (const Tensor& z : {x + real(2), 1 - x, 3 * x, 2 / y}) see(c, z);
  see_bytes(c, [&] { (void)(x * y); });
}

OBSERVE("02.4", "where") {
  const auto [a, b] = broadcasting_shapes(c);
  const Tensor x = any_tensor(c, a), y = any_tensor(c, b);
  see(c, where(gt(x, scalar(0)), x, y));
  see(c, where(le(y, x), y, scalar(9)));
  see(c, where(x, y, x));  // whatever is not 0 is true
  const Tensor z = random_tensor(c, {8});
  see(c, where(gt(z, scalar(0)), with(c, z, infinity), with(c, z, -infinity)));
}

OBSERVE("02.5", "allclose near the edge of the tolerance") {
  const Tensor x = any_tensor(c, c.shape(0, 3), 1, 2);
  const double tolerance = c.number(1e-3, 1e-2);
  for (const double far : {0.0, 0.5, 0.9, 2.5, 10.0}) {
    const Tensor y = x * static_cast<real>(1 + far * tolerance);
    see(c, allclose(x, y, tolerance, 0));
    see(c, allclose(y, x, 0, tolerance));
  }
  const Tensor nan = scalar(std::numeric_limits<real>::quiet_NaN());
  see(c, allclose(x + nan, x, 1, 1));
  see(c, allclose(x / real(0), x / real(0)));
  see(c, allclose(x, x / real(0), 1, 1));
}

OBSERVE("02.6", "reduced_shape") {
  const Tensor t = with_axes(c);
  Shape axes;
  for (Index axis = 0; axis < t.dim(); ++axis) {
    if (c.coin()) axes.push_back(axis);
  }
  see(c, reduced_shape(t.shape(), axes, false));
  see(c, reduced_shape(t.shape(), axes, true));
}

OBSERVE("02.7", "sum over any axes") {
  const Tensor t = with_axes(c, c.repetition() == 0 ? 0 : 1);
  see(c, sum(t));
  see(c, sum(t, some_axes(c, t), c.coin()));
  see(c, sum(t, c.whole(0, t.dim() - 1)));
  std::vector<double> values(static_cast<std::size_t>(c.whole(300, 900)), 1);  // small ones count
  values.front() = 1e8;
  values.back() = -1e8;
  see(c, sum(observe::tensor_of(values, {static_cast<Index>(values.size())})));
}

OBSERVE("02.8", "max and min over any axes") {
  const Tensor t = with_axes(c);
  see(c, max(t));
  see(c, max(t, some_axes(c, t), c.coin()));
  see(c, min(t, some_axes(c, t), c.coin()));
  see(c, max(with(c, random_tensor(c, {3, 5}), not_a_number), Index(1)));
  see_error(c, [&] { (void)max(random_tensor(c, {2, 0}), 1); });
}

OBSERVE("02.9", "mean over any axes") {
  const Tensor t = with_axes(c);
  see(c, mean(t));
  see(c, mean(t, some_axes(c, t), c.coin()));
  see(c, mean(random_tensor(c, {2, 0}), Index(1)));
}

OBSERVE("02.10", "var over any axes, with any correction") {
  const Tensor t = any_tensor(c, c.shape(1, 4, 3, 5), 99, 101);
  see(c, var(t));
  see(c, var(t, some_axes(c, t), c.coin(), c.whole(0, 2)));
}

OBSERVE("02.11", "argmax, ties included") {
  const Shape shape = c.shape(1, 4);
  std::vector<double> values(observe::count_of(shape));
  for (double& value : values) value = static_cast<double>(c.whole(0, 3));  // many are equal
  const Tensor t = observe::hidden_in_view(c, observe::tensor_of(values, shape));
  see(c, argmax(t, c.whole(-t.dim(), t.dim() - 1), c.coin()));
  see(c, argmax(t));
  see(c, argmax(with(c, random_tensor(c, {3, 5}), not_a_number), 1));
}

OBSERVE("02.12", "cat along any axis") {
  const Shape shape = c.shape(1, 4);
  const std::size_t axis =
      static_cast<std::size_t>(c.whole(0, static_cast<Index>(shape.size()) - 1));
  std::vector<Tensor> parts;
  for (Index i = c.whole(1, 4); i > 0; --i) {
    Shape mine = shape;
    mine[axis] = c.whole(0, 3);
    parts.push_back(any_tensor(c, mine));
  }
  see(c, cat(parts, static_cast<Index>(axis)));
}

OBSERVE("02.13", "stack along any axis, and shapes that differ") {
  const Shape shape = c.shape(0, 3);
  std::vector<Tensor> parts;
  for (Index i = c.whole(1, 4); i > 0; --i) parts.push_back(any_tensor(c, shape));
  const Index rank = static_cast<Index>(shape.size());
  see(c, stack(parts, c.whole(-rank - 1, rank)));
  see_error(c, [&] { (void)stack({random_tensor(c, {2, 3}), random_tensor(c, {3, 2})}); });
}

OBSERVE("02.14", "matmul_ijk into memory that holds something") {
  const Product p = product(c);
  matmul_ijk(matrix(p.a), matrix(p.b), matrix(p.out));
  see(c, p.out);
}

OBSERVE("02.14", "matmul_ijk of views") {
  const Tensor a = observe::hidden_in_view(c, random_tensor(c, {c.whole(1, 5), 4}));
  const Tensor b = observe::hidden_in_view(c, random_tensor(c, {4, c.whole(1, 5)}));
  const Tensor out = random_tensor(c, {a.shape()[0], b.shape()[1]});
  matmul_ijk(matrix(a), matrix(b), matrix(out));
  see(c, out);
}

OBSERVE("02.15", "matmul_ikj into memory that holds something") {
  const Product p = product(c);
  matmul_ikj(matrix(p.a), matrix(p.b), matrix(p.out));
  see(c, p.out);
}

OBSERVE("02.15", "matmul_ikj where rows have gaps between them") {
  const Index m = c.whole(2, 5), k = c.whole(2, 5), n = c.whole(1, 5);
  const Tensor b = random_tensor(c, {k, n + 2}), out = random_tensor(c, {m, n + 3});
  const Matrix inner_b{b.data() + 1, k, n, n + 2, 1}, inner{out.data() + 2, m, n, n + 3, 1};
  matmul_ikj(matrix(any_tensor(c, {m, k})), inner_b, inner);
  see(c, out);
}

OBSERVE("02.16", "matmul_shape, and matrices that do not fit") {
  const auto [a, b] = broadcasting_shapes(c);
  const Index m = c.whole(1, 5), k = c.whole(1, 5), n = c.whole(1, 5);
  Shape left = a, right = b;
  for (const Index size : {m, k}) left.push_back(size);
  for (const Index size : {k, n}) right.push_back(size);
  see(c, matmul_shape(left, right));
  right[right.size() - 2] = k + c.whole(1, 3);
  see_error(c, [&] { (void)matmul_shape(left, right); });
  see_error(c, [&] { (void)matmul_shape({k}, {k, n}); });
  see_error(c, [&] { (void)matmul_shape({m, k}, {k}); });
  see_error(c, [&] { (void)matmul_shape({}, {}); });
}

OBSERVE("02.17", "FLOPs of matmul") {
  const Shape batch = c.shape(0, 2);
  const Index m = c.whole(1, 5), k = c.whole(1, 5), n = c.whole(1, 5);
  Shape left = batch;
  for (const Index size : {m, k}) left.push_back(size);
  const FlopCounter counter;
  (void)matmul(any_tensor(c, left), any_tensor(c, {k, n}));
  (void)matmul(any_tensor(c, {m, k}), any_tensor(c, {c.whole(2, 4), k, n}));
  see(c, static_cast<Index>(counter.total()));
}

OBSERVE("02.18", "matmul of vectors, matrices and batches, views or not") {
  const auto [a, b] = broadcasting_shapes(c);
  const Index m = c.whole(1, 5), k = c.whole(1, 5), n = c.whole(1, 5);
  Shape left = a, right = b;
  for (const Index size : {m, k}) left.push_back(size);
  for (const Index size : {k, n}) right.push_back(size);
  const Tensor x = any_tensor(c, left), y = any_tensor(c, right);
  see(c, matmul(x, y));
  see_bytes(c, [&] { (void)matmul(x, y); });
  see_error(c, [&] { (void)matmul(random_tensor(c, {2, k}), random_tensor(c, {k + 1, 3})); });
}

OBSERVE("02.19", "pack: columns of a band of rows, padded") {
  const Tensor a = any_tensor(c, {c.whole(1, 9), c.whole(1, 6)});
  const Index height = c.whole(1, 6), begin = c.whole(0, a.shape()[0] - 1);
  std::vector<real> packed(static_cast<std::size_t>(height * a.shape()[1]), real(-1));
  pack(matrix(a), begin, height, packed.data());
  see(c, std::vector<double>(packed.begin(), packed.end()));
}

OBSERVE("02.20", "gemm of packed tiles") {
  const Index m = c.whole(1, 40), k = c.whole(1, 20), n = c.whole(1, 70);
  const Tensor a = any_tensor(c, {m, k}), b = any_tensor(c, {k, n}), out = random_tensor(c, {m, n});
  gemm(matrix(a), matrix(b), matrix(out));
  see(c, out);
}

OBSERVE("02", "a layer's worth of operations in one expression") {
  const Tensor x = any_tensor(c, {c.whole(1, 3), c.whole(1, 3), 4}), w = any_tensor(c, {4, 5});
  const Tensor h = tanh(matmul(x, w) + any_tensor(c, {5}));
  const Tensor centred = h - mean(h, Index(-1), true);
  see(c, centred / sqrt(var(h, Index(-1), true, 0) + real(1e-5)));
  see(c, cat({sum(h, Index(0)), max(h, Index(0))}, 1));
}
