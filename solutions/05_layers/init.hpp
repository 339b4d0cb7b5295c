// 05_layers / init.hpp: the numbers that learning starts from.
//
// A layer adds up fan_in products. If its weights are too large, what passes through many layers
// explodes; if they are too small, it dies out. The formulas here keep its variance near 1, on the
// way forward, on the way back, or as a compromise between both.
#pragma once
#include <algorithm>
#include <cmath>

#include <tinytorch/autograd.hpp>

namespace tinytorch::init {

/// Uniform numbers in [low, high), drawn from `rng` in row-major order.
inline Tensor uniform(const Shape& shape, Rng& rng, double low, double high) {
  Tensor t = empty(shape);
  const real from = static_cast<real>(low), width = static_cast<real>(high - low);
  std::generate_n(t.data(), t.numel(), [&] { return from + width * rng.uniform(); });
  return t;
}

/// Normal numbers, drawn from `rng` in row-major order.
inline Tensor normal(const Shape& shape, Rng& rng, double mean, double std) {
  Tensor t = empty(shape);
  const real center = static_cast<real>(mean), width = static_cast<real>(std);
  std::generate_n(t.data(), t.numel(), [&] { return center + width * rng.normal(); });
  return t;
}

/// How many numbers one output adds up, and how many outputs one input goes into.
struct Fans {
  Index in = 0;
  Index out = 0;
};

/// The fans of a weight [out, in] or of a convolution kernel [out, in, height, width].
///
/// Goal        The variance of a sum grows with the number of its terms: that number.
/// Background  An output pixel of a convolution sees a window of height * width pixels of every
///             input channel; an input pixel is seen by as many windows of every output channel.
/// Examples    [128, 784] -> in 784, out 128;  [32, 3, 5, 5] -> in 75, out 800
/// In PyTorch  torch/nn/init.py, _calculate_fan_in_and_fan_out
inline Fans calculate_fans(const Shape& shape) {
  if (shape.size() < 2) {
    throw ShapeError("calculate_fans: expects a weight [out, in, ...], got " + to_string(shape));
  }
  // TODO(05.6): the channels, each times the size of the window.
  // HINT: a weight [out, in] has a window of one.
  // BEGIN SOLUTION 05.6
  const Index window = numel(Shape(shape.begin() + 2, shape.end()));
  return {shape[1] * window, shape[0] * window};
  // END SOLUTION 05.6
}

/// What follows the layer: some functions shrink their input, and the weights make up for it.
enum class Nonlinearity { linear, sigmoid, tanh, relu, leaky_relu };

/// The factor that makes up for a nonlinearity. relu throws half of the signal away: sqrt(2).
///
/// In PyTorch  torch/nn/init.py, calculate_gain
inline double calculate_gain(Nonlinearity nonlinearity, double negative_slope = 0.01) {
  switch (nonlinearity) {
    case Nonlinearity::relu: return std::sqrt(2.0);
    case Nonlinearity::leaky_relu: return std::sqrt(2.0 / (1 + negative_slope * negative_slope));
    case Nonlinearity::tanh: return 5.0 / 3;  // found by experiment
    case Nonlinearity::linear:
    case Nonlinearity::sigmoid: break;
  }
  return 1;
}

struct XavierOptions {
  double gain = 1;
};

enum class FanMode { in, out };  // keep the variance on the way forward, or on the way back

struct KaimingOptions {
  double a = 0;  // the negative slope, where the nonlinearity is leaky_relu
  FanMode mode = FanMode::in;
  Nonlinearity nonlinearity = Nonlinearity::leaky_relu;
};

namespace detail {

/// A uniform distribution over [-b, b) has the variance b * b / 3.
inline Tensor uniform_with_std(const Shape& shape, Rng& rng, double std) {
  const double bound = std::sqrt(3.0) * std;
  return uniform(shape, rng, -bound, bound);
}

}  // namespace detail

/// The standard deviation of Xavier's initialisation.
///
/// Goal        Signals keep their variance forward, and gradients theirs backward, nearly.
/// Background  Forward wants the variance 1 / fan_in, backward 1 / fan_out. Their compromise is one
///             over the mean of both (Glorot and Bengio 2010, equation 12). `gain` scales the
///             standard deviation, not the variance.
/// Examples    [6, 2] -> 0.5, as the mean of the fans is 4;  with gain 2 -> 1
/// In PyTorch  torch/nn/init.py, xavier_normal_
inline double xavier_std(const Shape& shape, XavierOptions options = {}) {
  // TODO(05.7): gain over the square root of the mean fan.
  // HINT: Index / Index drops what is behind the point.
  // BEGIN SOLUTION 05.7
  const Fans fans = calculate_fans(shape);
  return options.gain * std::sqrt(2.0 / static_cast<double>(fans.in + fans.out));
  // END SOLUTION 05.7
}

inline Tensor xavier_normal(const Shape& shape, Rng& rng, XavierOptions options = {}) {
  return normal(shape, rng, 0, xavier_std(shape, options));
}
inline Tensor xavier_uniform(const Shape& shape, Rng& rng, XavierOptions options = {}) {
  return detail::uniform_with_std(shape, rng, xavier_std(shape, options));
}

/// The standard deviation of Kaiming's initialisation.
///
/// Goal        Xavier's idea for layers that a relu follows.
/// Background  The fan is that of one direction, `mode`; the gain is the nonlinearity's, with the
///             slope `a` (He, Zhang, Ren and Sun 2015, equation 15).
/// Examples    [5, 8] with a = 0 -> sqrt(2) / sqrt(8) = 0.5;  a = 1 -> 1 / sqrt(8)
/// In PyTorch  torch/nn/init.py, kaiming_normal_
inline double kaiming_std(const Shape& shape, KaimingOptions options = {}) {
  // TODO(05.8): the gain over the square root of the chosen fan.
  // BEGIN SOLUTION 05.8
  const Fans fans = calculate_fans(shape);
  const Index fan = options.mode == FanMode::in ? fans.in : fans.out;
  const double gain = calculate_gain(options.nonlinearity, options.a);
  return gain / std::sqrt(static_cast<double>(fan));
  // END SOLUTION 05.8
}

inline Tensor kaiming_normal(const Shape& shape, Rng& rng, KaimingOptions options = {}) {
  return normal(shape, rng, 0, kaiming_std(shape, options));
}
inline Tensor kaiming_uniform(const Shape& shape, Rng& rng, KaimingOptions options = {}) {
  return detail::uniform_with_std(shape, rng, kaiming_std(shape, options));
}

}  // namespace tinytorch::init
