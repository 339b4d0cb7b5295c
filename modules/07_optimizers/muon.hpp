// 07_optimizers / muon.hpp: matrices as matrices. A stretch blank.
//
//   Muon hidden({fc1.weight, fc2.weight}, {.lr = 0.02});     and AdamW for all that is no matrix
// Source: K. Jordan 2024, Muon: an optimizer for hidden layers in neural networks,
// https://kellerjordan.github.io/posts/muon/
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/optimizer.hpp>

namespace tinytorch {

struct MuonOptions {
  double lr = 0.02;
  double momentum = 0.95;
  bool nesterov = true;
  double weight_decay = 0;  // decoupled
  Index steps = 5;          // of Newton and Schulz

  static constexpr const char* optimizer = "Muon";

  void check() const {
    detail::check_common(*this);
    detail::check_option(optimizer, momentum >= 0 && momentum < 1, "momentum in [0, 1)", momentum);
    detail::check_option(optimizer, steps >= 1, "steps >= 1", static_cast<double>(steps));
  }
  void check_parameter(const Tensor& t) const {
    if (t.dim() == 2) return;
    throw ShapeError("Muon: expects matrices, got a parameter of shape " + to_string(t.shape()) +
                     "\n  hint: give biases and the like to AdamW");
  }
  std::vector<std::string> state_names() const { return {"momentum_buffer"}; }
};

/// A matrix with the directions of `g` and all singular values near 1.
///
/// Goal        To move along every direction of a matrix, not only along the few strong ones.
/// Background  With g = U S V^T, the polynomial a x + b x^3 + c x^5 of each singular value is
///             a X + (b A + c A A) X where A = X X^T: no decomposition, only products. Iterated, it
///             pushes all values in (0, 1] to between about 0.7 and 1.2. For that X starts with a
///             norm of at most 1. A is the smaller of the two if X has no more rows than columns.
/// Examples    [[3, 0], [0, 4]] -> a diagonal of numbers between 0.7 and 1.2
/// Cost        for [m, n], m <= n: steps * (4 m^2 n + 2 m^3) flops
inline Tensor newton_schulz(const Tensor& g, Index steps = 5) {
  constexpr real a = real(3.4445), b = real(-4.7750), c = real(2.0315);
  // TODO(07.12): transpose if there are more rows than columns; divide by the norm (+ 1e-7);
  // iterate; transpose back.
  // HINT: the norm is the root of the sum of all squares, no smaller than the largest singular
  // HINT: value.
  todo("07.12", "newton_schulz");
}

/// Momentum whose step is orthogonalised (Jordan 2024), for weight matrices of hidden layers.
///
/// Cost        one number more for each parameter, and the products of newton_schulz: unlike the
///             other rules it makes tensors in each step
/// In PyTorch  torch/optim/_muon.py since 2.9
class Muon : public OptimizerWith<MuonOptions> {
 public:
  explicit Muon(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit Muon(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    const real momentum = static_cast<real>(o.momentum);
    real* velocity = p.buffer("momentum_buffer");
    Tensor direction = empty(p.tensor.shape());
    for (Index i = 0; i < p.count; ++i) {
      velocity[i] = momentum * velocity[i] + p.grad[i];
      direction.data()[i] = o.nesterov ? p.grad[i] + momentum * velocity[i] : velocity[i];
    }
    const Tensor even = newton_schulz(direction, o.steps).contiguous();
    const double rows = static_cast<double>(p.tensor.size(0));
    const double columns = static_cast<double>(p.tensor.size(1));
    // A tall matrix has fewer directions than rows: without this each row would move less.
    const real lr = static_cast<real>(o.lr * std::sqrt(std::max(1.0, rows / columns)));
    const real shrink = static_cast<real>(1 - o.lr * o.weight_decay);
    const real* d = even.data();
    for (Index i = 0; i < p.count; ++i) p.value[i] = shrink * p.value[i] - lr * d[i];
  }
};

}  // namespace tinytorch
