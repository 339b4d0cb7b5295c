// 05_layers / activation_layers.hpp: the activations of module 04 as modules, so that a Sequential
// can hold them. Given code: none of them has anything to learn.
#pragma once
#include <tinytorch/activations.hpp>
#include <tinytorch/layers/module.hpp>

namespace tinytorch {

class ReLU : public Module {
 public:
  Tensor forward(const Tensor& x) const override { return relu(x); }
};

class LeakyReLU : public Module {
 public:
  using Options = LeakyReluOptions;
  explicit LeakyReLU(Options options = {}) : options_(options) {}
  Tensor forward(const Tensor& x) const override { return leaky_relu(x, options_); }

 private:
  const Options options_;
};

class Sigmoid : public Module {
 public:
  Tensor forward(const Tensor& x) const override { return sigmoid(x); }
};

class Tanh : public Module {
 public:
  Tensor forward(const Tensor& x) const override { return tanh(x); }
};

class GELU : public Module {
 public:
  using Options = GeluOptions;
  explicit GELU(Options options = {}) : options_(options) {}
  Tensor forward(const Tensor& x) const override { return gelu(x, options_); }

 private:
  const Options options_;
};

class SiLU : public Module {
 public:
  Tensor forward(const Tensor& x) const override { return silu(x); }
};

/// Probabilities along one axis.
class Softmax : public Module {
 public:
  explicit Softmax(Index dim) : dim_(dim) {}
  Tensor forward(const Tensor& x) const override { return softmax(x, dim_); }

 private:
  const Index dim_;
};

/// Their logarithms.
class LogSoftmax : public Module {
 public:
  explicit LogSoftmax(Index dim) : dim_(dim) {}
  Tensor forward(const Tensor& x) const override { return log_softmax(x, dim_); }

 private:
  const Index dim_;
};

}  // namespace tinytorch
