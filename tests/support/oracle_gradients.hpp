// tests / oracle_gradients.hpp: oracle.hpp with gradients.
//
//   check_golden(oracle::softmax(), [](Inputs x) { return softmax(x[0], 1); }, {waves(1, {2, 3})});
#pragma once
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <tinytorch/autograd.hpp>

#include "oracle.hpp"

namespace tt_test {

inline Tensor cosines(const Tensor& like) {
  const Tensor t = tinytorch::empty(like.shape());
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = std::cos(real(i));
  return t;
}

/// Gradients that were computed elsewhere, in the order of the case.
inline void check_gradients(const Golden& golden, const std::vector<Tensor>& ours) {
  REQUIRE(ours.size() == golden.gradients.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    check_golden(golden.name + (", gradient " + std::to_string(i)), ours[i], golden.gradients[i]);
  }
}

/// The value of f and the gradient of each operand.
inline void check_golden(const Golden& golden, const std::function<Tensor(tinytorch::Inputs)>& f,
                         std::vector<Tensor> operands) {
  for (Tensor& t : operands) t = t.detach().clone().set_requires_grad(true);
  const Tensor y = f(operands);
  check_golden(golden, y);
  check_gradients(golden, grad(sum(y * cosines(y)), operands));
}

}  // namespace tt_test
