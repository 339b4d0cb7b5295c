// tests of 07_optimizers / steps.hpp: the problem that golden.hpp was made with, and small leaves.
#pragma once
#include <tinytorch/optimizers.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

namespace steps {

using tinytorch::Index;
using tinytorch::real;
using tinytorch::Shape;
using tinytorch::Tensor;

inline Tensor leaf(const std::vector<real>& numbers) {
  Tensor t = tinytorch::tensor(numbers);
  t.set_requires_grad(true);
  return t;
}

/// A leaf in the first two numbers of `memory`: what lies behind them is not its own.
inline Tensor first_two(const Tensor& memory) {
  Tensor t = memory.slice(0, 0, 2).detach();
  t.set_requires_grad(true);
  return t;
}

/// Makes `numbers` the gradient of t. d sum(t * c)/dt = c, so nothing but 03_autograd is needed.
inline void give(const Tensor& t, const std::vector<real>& numbers) {
  t.zero_grad();
  (t * tinytorch::tensor(numbers, t.shape())).backward(tinytorch::ones(t.shape()));
}

/// w [2, 3] (or [3, 2]) and b [3], as in tests/oracles/07_optimizers.py.
inline std::vector<Tensor> parameters(const Shape& shape = {2, 3}) {
  std::vector<Tensor> made = {tinytorch::tensor({0.5f, -1, 2, -0.25f, 0.75f, -1.5f}, shape),
                              tinytorch::tensor({0.1f, -0.2f, 0.3f})};
  for (Tensor& t : made) t.set_requires_grad(true);
  return made;
}

/// Ten steps; in each the gradients that the script gives.
inline void ten_steps(tinytorch::Optimizer& optimizer, const std::vector<Tensor>& params) {
  for (Index step = 0; step < 10; ++step) {
    for (std::size_t k = 0; k < params.size(); ++k) {
      std::vector<real> g;
      for (Index i = 0; i < params[k].numel(); ++i) {
        g.push_back(real((7 * i + 3 * step + 5 * Index(k)) % 11 - 4) / 8);
      }
      give(params[k], g);
    }
    optimizer.step();
  }
}

inline tt_test::Values part(const double* numbers, Index count, const Shape& shape) {
  return {std::vector<double>(numbers, numbers + count), shape};
}

/// Ten steps of Optimizer with these options end where PyTorch's do, to 1e-6.
template <class Optimizer>
void check_golden(const typename Optimizer::Options& options, const double (&expected)[9]) {
  const std::vector<Tensor> p = parameters();
  Optimizer optimizer(p, options);
  ten_steps(optimizer, p);
  CHECK_TENSOR_NEAR(p[0], part(expected, 6, Shape{2, 3}), 1e-6);
  CHECK_TENSOR_NEAR(p[1], part(expected + 6, 3, Shape{3}), 1e-6);
}

}  // namespace steps
