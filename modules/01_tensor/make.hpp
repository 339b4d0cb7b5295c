// 01_tensor / make.hpp: tensors from nothing. Given code; read it, you will call it every day.
#pragma once
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/support/rng.hpp>
#include <tinytorch/tensor/handle.hpp>

namespace tinytorch {

namespace detail {

/// numel(shape), after checking that no size is negative and that even the product of the sizes
/// that are not 0 fits in memory that can be addressed: strides are such products, whether or not
/// another size is 0.
inline Index checked_numel(const Shape& shape, const std::string& who) {
  Index limit = std::numeric_limits<Index>::max() / static_cast<Index>(sizeof(real));
  for (const Index size : shape) {
    if (size < 0) {
      throw ShapeError(who + ": expects sizes >= 0, got " + to_string(shape));
    }
    if (size > limit) {
      throw ShapeError(who + ": expects fewer than 2^63 bytes, got shape " + to_string(shape));
    }
    if (size > 0) limit /= size;
  }
  return numel(shape);
}

}  // namespace detail

/// A contiguous tensor whose numbers are whatever was in memory: fill it before you read it.
inline Tensor empty(const Shape& shape) {
  auto storage = std::make_shared<Storage>(detail::checked_numel(shape, "empty"));
  return Tensor(std::move(storage), shape, row_major_strides(shape), 0);
}

inline Tensor full(const Shape& shape, real value) {
  Tensor t = empty(shape);
  std::fill_n(t.data(), t.numel(), value);
  return t;
}

inline Tensor zeros(const Shape& shape) { return full(shape, 0); }
inline Tensor ones(const Shape& shape) { return full(shape, 1); }
inline Tensor zeros_like(const Tensor& t) { return zeros(t.shape()); }
inline Tensor ones_like(const Tensor& t) { return ones(t.shape()); }

/// A tensor with one number and no axes: shape [].
inline Tensor scalar(real value) { return full({}, value); }

/// The numbers of `values` in row-major order: tensor({1, 2, 3, 4, 5, 6}, {2, 3}).
inline Tensor tensor(const std::vector<real>& values, const Shape& shape) {
  Tensor t = empty(shape);
  if (t.numel() != static_cast<Index>(values.size())) {
    throw ShapeError("tensor: expects " + std::to_string(t.numel()) + " numbers for shape " +
                     to_string(shape) + ", got " + std::to_string(values.size()));
  }
  std::copy(values.begin(), values.end(), t.data());
  return t;
}

/// A vector: tensor({1, 2, 3}) has shape [3].
inline Tensor tensor(const std::vector<real>& values) {
  return tensor(values, {static_cast<Index>(values.size())});
}

/// start, start + step, ... up to but without stop: arange(0, 1, 0.25) -> [0, 0.25, 0.5, 0.75].
inline Tensor arange(double start, double stop, double step = 1) {
  if (step == 0 || !std::isfinite((stop - start) / step)) {
    throw ValueError("arange: expects finite bounds and a step that is not 0, got start " +
                     std::to_string(start) + ", stop " + std::to_string(stop) + ", step " +
                     std::to_string(step));
  }
  const double steps = std::max(0.0, std::ceil((stop - start) / step));
  if (steps > 0x1p60)
    throw ValueError("arange: expects at most 2^60 numbers, got " + std::to_string(steps));
  const Index count = static_cast<Index>(steps);
  Tensor t = empty({count});
  for (Index i = 0; i < count; ++i) {
    t.data()[i] = static_cast<real>(start + static_cast<double>(i) * step);
  }
  return t;
}
inline Tensor arange(double stop) { return arange(0, stop); }

/// The identity matrix of n rows.
inline Tensor eye(Index n) {
  Tensor t = zeros({n, n});
  for (Index i = 0; i < n; ++i) t.data()[i * n + i] = 1;
  return t;
}

/// Uniform numbers in [0, 1), drawn from `rng` in row-major order.
inline Tensor rand(const Shape& shape, Rng& rng) {
  Tensor t = empty(shape);
  std::generate_n(t.data(), t.numel(), [&] { return rng.uniform(); });
  return t;
}

/// Normal numbers with mean 0 and variance 1, drawn from `rng` in row-major order.
inline Tensor randn(const Shape& shape, Rng& rng) {
  Tensor t = empty(shape);
  std::generate_n(t.data(), t.numel(), [&] { return rng.normal(); });
  return t;
}

}  // namespace tinytorch
