// Observations of module 04: activations, their rules, and numbers at which formulas break.
#include <tinytorch/activations.hpp>

#include "gradients.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::Case;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_gradients;
using observe::see_rule;
using observe::see_second_gradients;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Shape any_shape(Case& c) {
  return c.repetition() == 0 ? Shape{} : c.shape(1, 4, c.repetition() == 1 ? 0 : 1);
}

/// Random numbers, of which about one in three is one of `special`.
Tensor with_special(Case& c, const Shape& shape, const std::vector<double>& special,
                    double low = -3, double high = 3) {
  std::vector<double> values(observe::count_of(shape));
  for (double& value : values) {
    value = c.whole(0, 2) != 0
                ? c.number(low, high)
                : special[static_cast<std::size_t>(c.whole(0, Index(special.size()) - 1))];
  }
  const Tensor t = observe::tensor_of(values, shape);
  return c.coin() ? observe::hidden_in_view(c, t) : t;
}

Index any_axis(Case& c, const Shape& shape) {
  const Index rank = static_cast<Index>(shape.size());
  return c.whole(-rank, rank - 1);
}

/// Each number alone: beside a large one, a small one could be anything.
template <class F>
void see_each(Case& c, F f, double low, double high) {
  for (int i = 0; i < 6; ++i) see(c, f(observe::tensor_of({c.number(low, high)}, {1})));
}

/// Positive numbers that add up to 1 along an axis.
Tensor distribution(Case& c, const Shape& shape, std::size_t axis) {
  const Tensor t = random_tensor(c, shape, 0.05, 1);
  const Index n = shape[axis], step = t.strides()[axis];
  const Index count = static_cast<Index>(observe::count_of(shape));
  for (Index first = 0; first < count; ++first) {
    if (first / step % n != 0) continue;  // no line begins here
    real total = 0;
    for (Index i = 0; i < n; ++i) total += t.data()[first + i * step];
    for (Index i = 0; i < n; ++i) t.data()[first + i * step] /= total;
  }
  return t;
}

}  // namespace

OBSERVE("04.1", "relu, and of NaN and infinities") {
  see(c, relu(with_special(c, any_shape(c), {0, not_a_number, infinity, -infinity, -1e30, 1e-30})));
}

OBSERVE("04.2", "rule of relu, and infinite gradients where it was off") {
  const Shape shape = any_shape(c);
  const Tensor y = with_special(c, shape, {0}, 0, 3);
  const std::vector<double> special =
      c.coin() ? std::vector<double>{infinity, not_a_number} : std::vector<double>{1};
  see_rule(c, ReluOp{}, {y}, y, with_special(c, shape, special));
}

OBSERVE("04.3", "rule of leaky_relu with any slope") {
  const Shape shape = any_shape(c);
  const real slope = static_cast<real>(c.number(0.01, 0.9));
  const Tensor y = with_special(c, shape, {0});
  see_rule(c, LeakyReluOp(slope), {y}, y, any_tensor(c, shape));
  const Tensor off = with_special(c, shape, {0}, 0, 3);
  see_rule(c, LeakyReluOp(0), {off}, off, any_tensor(c, shape));
}

OBSERVE("04.4", "sigmoid, near 0 and far out on either side") {
  see(c,
      sigmoid(with_special(c, any_shape(c), {0, not_a_number, infinity, -infinity, 1000, -1000})));
  const auto f = [](const Tensor& x) { return sigmoid(x); };
  see_each(c, f, -20, 20);
  see_each(c, f, -92, -20);
  see_each(c, f, 85, 200);
}

OBSERVE("04.5", "rule of sigmoid") {
  const Shape shape = any_shape(c);
  const Tensor y = with_special(c, shape, {0, 1}, 0, 1);
  see_rule(c, SigmoidOp{}, {y}, y, any_tensor(c, shape));
}

OBSERVE("04.6", "rule of silu") {
  const Tensor x = with_special(c, any_shape(c), {0}, -5, 5);
  see_rule(c, SiluOp{}, {x}, x, any_tensor(c, x.shape()));
}

OBSERVE("04.7", "normal_cdf, far to the left too") {
  see(c, normal_cdf(with_special(c, any_shape(c), {0, not_a_number, infinity, -infinity})));
  const auto f = [](const Tensor& x) { return normal_cdf(x); };
  see_each(c, f, -3, 3);
  see_each(c, f, -10, -3);
}

OBSERVE("04.8", "rule of gelu") {
  const Tensor x = with_special(c, any_shape(c), {0}, -4, 4);
  see_rule(c, GeluOp{}, {x}, x, any_tensor(c, x.shape()));
}

OBSERVE("04.9", "gelu's tanh form") {
  const auto f = [](const Tensor& x) { return gelu(x, {.tanh_approximation = true}); };
  see(c, f(with_special(c, any_shape(c), {0, not_a_number, 10, -10})));
  see_each(c, f, -3, -0.5);
  see_each(c, f, 0.5, 3);
}

OBSERVE("04.10", "rule of gelu's tanh form") {
  const Tensor x = with_special(c, any_shape(c), {0}, -4, 4);
  see_rule(c, GeluTanhOp{}, {x}, x, any_tensor(c, x.shape()));
}

OBSERVE("04.11", "softmax along any axis: large numbers, -inf, nan, nothing to choose from") {
  const Shape shape = c.shape(1, 4, c.repetition() == 0 ? 0 : 1);
  const Index axis = any_axis(c, shape);
  see(c, softmax(any_tensor(c, shape), axis));
  const double about = c.coin() ? 10000 : c.number(80, 200);
  see(c, softmax(any_tensor(c, shape, about, about + 5), axis));
  see(c, softmax(with_special(c, shape, {-infinity, -200}), axis));
  see(c, softmax(with_special(c, shape, {not_a_number, infinity}), axis));
  see(c, softmax(observe::tensor_of({-infinity, -infinity, 1, c.number()}, {2, 2}), 1));
  see_error(c, [&] { (void)softmax(random_tensor(c, {2, 3}), c.whole(2, 4)); });
}

OBSERVE("04.12", "rule of softmax along any axis") {
  const Shape shape = c.shape(1, 4);
  const std::size_t axis = static_cast<std::size_t>(c.whole(0, Index(shape.size()) - 1));
  const Tensor y = distribution(c, shape, axis);
  see_rule(c, SoftmaxOp(axis), {y}, y, any_tensor(c, shape));
}

OBSERVE("04.13", "log_softmax along any axis: large numbers, -inf, nan, small probabilities") {
  const Shape shape = c.shape(1, 4, c.repetition() == 0 ? 0 : 1);
  const Index axis = any_axis(c, shape);
  see(c, log_softmax(any_tensor(c, shape), axis));
  for (const double about : {100.0, 10000.0})
    see(c, log_softmax(any_tensor(c, shape, about, about + 2), axis));
  see(c, log_softmax(any_tensor(c, shape, -300, 0), axis));
  see(c, log_softmax(with_special(c, shape, {-infinity}), axis));
  see(c, log_softmax(with_special(c, shape, {not_a_number, infinity}), axis));
}

OBSERVE("04.14", "rule of log_softmax along any axis") {
  const Shape shape = c.shape(1, 4);
  const std::size_t axis = static_cast<std::size_t>(c.whole(0, Index(shape.size()) - 1));
  const Tensor y = distribution(c, shape, axis);
  std::transform(y.data(), y.data() + y.numel(), y.data(), [](real p) { return std::log(p); });
  see_rule(c, LogSoftmaxOp(axis), {y}, y, any_tensor(c, shape));
}

OBSERVE("04", "gradients and second derivatives of every activation") {
  const Tensor x = any_tensor(c, c.shape(1, 3), -3, 3);
  const Index axis = any_axis(c, x.shape());
  using List = std::vector<Tensor>;
  const std::vector<std::function<Tensor(const List&)>> activations = {
      [](const List& in) { return relu(in[0]); },
      [](const List& in) { return leaky_relu(in[0]); },
      [](const List& in) { return sigmoid(in[0]); },
      [](const List& in) { return silu(in[0]); },
      [](const List& in) { return gelu(in[0]); },
      [](const List& in) { return gelu(in[0], {.tanh_approximation = true}); },
      [&](const List& in) { return softmax(in[0], axis); },
      [&](const List& in) { return log_softmax(in[0], axis); }};
  for (const auto& f : activations) {
    see_gradients(c, f, {x});
    see_second_gradients(c, f, {x});
  }
}

OBSERVE("04", "activations between matrix products") {
  const Index rows = c.whole(1, 3), classes = c.whole(2, 4);
  see_gradients(c,
                [](const std::vector<Tensor>& in) {
                  const Tensor h = gelu(matmul(in[0], in[1]));
                  return log_softmax(matmul(leaky_relu(silu(h)) * sigmoid(h), in[2]), -1);
                },
                {any_tensor(c, {rows, 3}), any_tensor(c, {3, 4}), any_tensor(c, {4, classes})});
  see_error(c, [&] { (void)leaky_relu(scalar(1), {.negative_slope = -c.number(0.1, 1)}); });
}
