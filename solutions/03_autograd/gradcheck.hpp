// 03_autograd / gradcheck.hpp: are the rules right? Finite differences tell.
//
//   gradcheck([](const Tensor& x) { return tanh(x) * x; }, {x})        true, or an account of what
//   differs
// In the double build (-DTT_DOUBLE) agreement is to about 1e-9; in float only to about 1e-2, which
// finds a missing term but not a subtle one.
#pragma once
#include <cmath>
#include <concepts>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/autograd/engine.hpp>

namespace tinytorch {

/// The derivative of a scalar function with respect to each number of x, by central differences.
///
/// Goal        A gradient that knows nothing of any rule.
/// Background  (f(x + e) - f(x - e)) / 2e is wrong by O(e^2), while (f(x + e) - f(x)) / e is wrong
///             by O(e). A smaller e loses digits in the subtraction; about the cube root of the
///             precision is best.
/// Cost        two calls of f for each number of x: for checking, never for training. Nothing is
///             recorded meanwhile, so f cannot call backward itself.
/// In PyTorch  torch/autograd/gradcheck.py, get_numerical_jacobian
inline Tensor numeric_gradient(const std::function<real()>& f, const Tensor& x, real eps) {
  Tensor result = zeros(x.shape());
  if (!x.is_contiguous()) throw ValueError("numeric_gradient: expects a contiguous tensor");
  const NoGrad no_grad;
  for (Index i = 0; i < x.numel(); ++i) {
    real& number = x.data()[i];
    // TODO(03.22): move `number` up and down by eps, call f() each time, and restore it exactly.
    // HINT: keep the old value; (x + e) - e need not be x.
    // BEGIN SOLUTION 03.22
    const real before = number;
    number = before + eps;
    const real above = f();
    number = before - eps;
    const real below = f();
    number = before;
    result.data()[i] = (above - below) / (2 * eps);
    // END SOLUTION 03.22
  }
  return result;
}

struct GradcheckOptions {
  real eps = sizeof(real) == 8 ? real(1e-5) : real(1e-2);
  real atol = sizeof(real) == 8 ? real(1e-7) : real(2e-2);
  real rtol = sizeof(real) == 8 ? real(1e-6) : real(2e-2);
};

struct GradcheckResult {
  bool ok = true;
  double max_error = 0;  // largest |analytic - numeric| / max(1, |numeric|)
  std::string message;   // what differs most, if anything does
  explicit operator bool() const { return ok; }
};

/// Refers to any function of tensors: of one, two or three of them, or of a vector. It does not own
/// what it refers to. (std::function would, and costs ten times as much to compile at each lambda.)
class TensorFunction {
 public:
  template <class F>
  TensorFunction(const F& f)
      : f_(&f), call_([](const void* any, const std::vector<Tensor>& x) -> Tensor {
          const F& function = *static_cast<const F*>(any);
          if constexpr (std::invocable<const F&, const std::vector<Tensor>&>) {
            return function(x);
          } else if constexpr (std::invocable<const F&, Tensor, Tensor, Tensor>) {
            return function(x.at(0), x.at(1), x.at(2));
          } else if constexpr (std::invocable<const F&, Tensor, Tensor>) {
            return function(x.at(0), x.at(1));
          } else {
            return function(x.at(0));
          }
        }) {}

  Tensor operator()(const std::vector<Tensor>& x) const { return call_(f_, x); }

 private:
  const void* f_;
  Tensor (*call_)(const void*, const std::vector<Tensor>&);
};

/// Compares the gradient that the rules give with the numeric one, for each input. f may return any
/// shape: its elements are weighted with fixed random numbers, so that no error cancels another.
inline GradcheckResult gradcheck(TensorFunction f, const std::vector<Tensor>& inputs,
                                 GradcheckOptions options = {}) {
  std::vector<Tensor> x;
  for (const Tensor& input : inputs) {
    x.push_back(input.detach().clone());
    x.back().set_requires_grad(true);
  }
  Tensor weights;
  const auto loss = [&] {
    const Tensor y = f(x);
    if (!weights.defined()) {
      Rng rng(20);
      weights = rand(y.shape(), rng) + real(0.5);
    }
    return sum(y * weights);
  };
  const std::vector<Tensor> analytic = grad(loss(), x);

  GradcheckResult result;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const Tensor numeric = numeric_gradient([&] { return loss().item(); }, x[k], options.eps);
    const Tensor ours = analytic[k].contiguous();
    for (Index i = 0; i < numeric.numel(); ++i) {
      const real expected = numeric.data()[i], got = ours.data()[i];
      const real error = std::abs(got - expected);
      const double relative = static_cast<double>(error / std::max(real(1), std::abs(expected)));
      const bool close =
          error <= options.atol + options.rtol * std::abs(expected);  // false for NaN
      if (!close && (result.ok || !(relative <= result.max_error))) {
        result.message = "gradcheck: input " + std::to_string(k) + " of shape " +
                         to_string(numeric.shape()) + ", element " + std::to_string(i) +
                         ": expects " + detail::number_text(expected) +
                         " (finite differences), got " + detail::number_text(got);
      }
      result.ok = result.ok && close;
      if (!(relative <= result.max_error)) result.max_error = relative;
    }
  }
  return result;
}

}  // namespace tinytorch
