// Numbers that the tests of 12_attention and tests/oracles/12_attention.py can both make.
#pragma once
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "golden.hpp"
#include "tensor_close.hpp"

namespace tt_test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// size * sin(start), size * sin(start + 1), ... in row-major order.
inline Tensor waves(Index start, const Shape& shape, double size = 1) {
  const Tensor t = tinytorch::empty(shape);
  for (Index i = 0; i < t.numel(); ++i) {
    t.data()[i] = static_cast<real>(size * std::sin(static_cast<double>(start + i)));
  }
  return t;
}

inline Tensor with_gradient(Tensor t) {
  t.set_requires_grad(true);
  return t;
}

/// A list of golden.hpp under a shape.
template <std::size_t N>
Values golden_values(const double (&numbers)[N], Shape shape) {
  return {std::vector<double>(std::begin(numbers), std::end(numbers)), std::move(shape)};
}

}  // namespace tt_test
