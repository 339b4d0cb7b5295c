// tests / oracle.hpp: numbers that somebody else computed, and how ours are compared with them.
//
//   check_golden(oracle::flipped(), RandomHorizontalFlip(1)(image, rng));
// The scripts of tests/oracles print the cases (golden.py). For files named *_gradients.cpp, which are compiled with
// double numbers.
// oracle_gradients.hpp compares gradients, too.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include <tinytorch/tensor.hpp>

#include "tensor_close.hpp"

namespace tt_test {

static_assert(sizeof(tinytorch::real) == 8, "compile this file with -DTT_DOUBLE");

/// How far two computations in double may be apart, relative above 1: they add in another order.
inline constexpr double golden_tolerance = 1e-12;

struct Golden {
  const char* name;
  Values value;
  std::vector<Values> gradients;  // of each operand, for the loss sum(value * cosines(value))
};

/// sin(start), sin(start + 1), ... in row-major order.
inline Tensor waves(int start, const Shape& shape) {
  const Tensor t = tinytorch::empty(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = std::sin(real(start + i));
  return t;
}

/// As a tensor: what an oracle gives as input.
inline Tensor tensor_of(const Values& v) {
  return tinytorch::tensor(std::vector<real>(v.numbers.begin(), v.numbers.end()), v.shape);
}

inline void check_golden(const std::string& name, const Tensor& ours, const Values& theirs) {
  check_tensor(name.c_str(), CATCH_INTERNAL_LINEINFO, ours, theirs, golden_tolerance);
}

inline void check_golden(const Golden& golden, const Tensor& ours) {
  check_golden(golden.name, ours, golden.value);
}

}  // namespace tt_test
