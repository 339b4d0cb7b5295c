// 05_layers / dropout.hpp: class Dropout, which forgets at random while training.
#pragma once
#include <algorithm>
#include <memory>
#include <string>

#include <tinytorch/layers/module.hpp>

namespace tinytorch {

/// Sets each number to 0 with probability p and makes up for it in the others; while training only.
///
/// Goal        No feature may rely on a single other one: they all must be useful on their own.
/// Background  What stays is divided by 1 - p, so that the mean stays what it was and evaluation
///             has nothing to correct: "inverted" dropout. The mask is drawn anew at each call; for
///             backward it is a constant, so the gradient passes where the number passed.
/// Examples    p = 0.5, training: [1, 2, 3, 4] -> [2, 0, 0, 8] or any other choice;  eval: as it is
/// Cost        one random number an element; keeps x and the mask until backward
/// In PyTorch  torch/nn/modules/dropout.py; aten/src/ATen/native/Dropout.cpp
class Dropout : public Module {
 public:
  /// Seeds a generator of its own from `rng`, which need not live any longer.
  Dropout(double p, Rng& rng) : p_(checked(p)), rng_(generator("rng", rng)) {}

  Tensor forward(const Tensor& x) const override {
    // TODO(05.10): x itself unless training and p_ > 0; else x times a mask of 0 and 1 / (1 - p_).
    // HINT: rng_->uniform() is below p_ with probability p_. At p_ = 1 it always is.
    // HINT: the mask is a tensor like any other, filled in row-major order.
    // BEGIN SOLUTION 05.10
    if (!is_training() || p_ == 0) return x;
    const real keep = static_cast<real>(1 / (1 - p_));
    const Tensor mask = empty(x.shape());
    std::generate_n(mask.data(), mask.numel(), [&] { return rng_->uniform() < p_ ? 0 : keep; });
    return x * mask;
    // END SOLUTION 05.10
  }

  double p() const { return p_; }

 private:
  static double checked(double p) {
    if (p >= 0 && p <= 1) return p;
    throw ValueError("Dropout: expects a probability in [0, 1], got " + std::to_string(p));
  }

  const double p_;
  const std::shared_ptr<Rng> rng_;  // shared by copies, as all state is
};

}  // namespace tinytorch
