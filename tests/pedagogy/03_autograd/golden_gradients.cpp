// Values and gradients as PyTorch computes them: golden.hpp, made by tests/oracles/03_autograd.py.
//
// The operand a is sin(1), sin(2), .. as [2, 3], others begin elsewhere; the loss is the sum of the
// result times cos(0), cos(1), ...
#include <cmath>
#include <span>

#include <tinytorch/autograd.hpp>
#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
namespace golden = tt_test::golden;

namespace {

Tensor waves(int start, const Shape& shape) {
  Tensor t = empty(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = std::sin(real(start + i));
  return t;
}

Tensor weights(const Tensor& y) {
  Tensor t = empty(y.shape());
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = std::cos(real(i));
  return t;
}

using Numbers = std::span<const double>;

tt_test::Values expected(Numbers numbers, const Shape& shape) {
  return tt_test::values({numbers.begin(), numbers.end()}, shape);
}

/// Compares the result of `f`, and its gradient with respect to each operand, with PyTorch's.
template <class F>
void check(F f, std::vector<Tensor> x, Numbers value, const std::vector<Numbers>& gradients) {
  for (Tensor& t : x) t = t.clone().set_requires_grad(true);
  const Tensor y = f(x);
  CHECK_TENSOR_NEAR(y, expected(value, y.shape()), 1e-10);
  const std::vector<Tensor> ours = grad(sum(y * weights(y)), x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    CAPTURE(i);
    CHECK_TENSOR_NEAR(ours[i], expected(gradients[i], x[i].shape()), 1e-10);
  }
}

using Operands = const std::vector<Tensor>&;

Tensor a() { return waves(1, {2, 3}); }
Tensor row() { return waves(10, {3}); }
Tensor column() { return waves(20, {2, 1}); }

}  // namespace

TEST_CASE("sums and differences: as in PyTorch, broadcast", "[03.6][03.5][gradient]") {
  check([](Operands x) { return x[0] + x[1]; }, {a(), row()}, golden::add,
        {golden::add_da, golden::add_db});
  check([](Operands x) { return x[0] - x[1]; }, {a(), column()}, golden::sub,
        {golden::sub_da, golden::sub_db});
}

TEST_CASE("product: as in PyTorch, broadcast", "[03.7][03.5][gradient]") {
  check([](Operands x) { return x[0] * x[1]; }, {a(), column()}, golden::mul,
        {golden::mul_da, golden::mul_db});
}

TEST_CASE("quotient: as in PyTorch, broadcast", "[03.8][03.5][gradient]") {
  check([](Operands x) { return x[0] / x[1]; }, {a(), row()}, golden::div,
        {golden::div_da, golden::div_db});
}

TEST_CASE("exp and tanh: as in PyTorch", "[03.11][03.9][gradient]") {
  check([](Operands x) { return exp(x[0]); }, {a()}, golden::exp, {golden::exp_da});
  check([](Operands x) { return tanh(x[0]); }, {a()}, golden::tanh, {golden::tanh_da});
}

TEST_CASE("log, sqrt and abs: as in PyTorch", "[03.10][gradient]") {
  const Tensor positive = abs(a()) + 1;
  check([](Operands x) { return log(x[0]); }, {positive}, golden::log, {golden::log_da});
  check([](Operands x) { return sqrt(x[0]); }, {positive}, golden::sqrt, {golden::sqrt_da});
  check([](Operands x) { return abs(x[0]); }, {a()}, golden::abs, {golden::abs_da});
}

TEST_CASE("power: as in PyTorch", "[03.12][gradient]") {
  check([](Operands x) { return pow(x[0], 3); }, {a()}, golden::pow, {golden::pow_da});
}

TEST_CASE("maximum and minimum: as in PyTorch, also where both are equal", "[03.13][gradient]") {
  const auto larger = [](Operands x) { return maximum(x[0], x[1]); };
  check(larger, {a(), row()}, golden::maximum, {golden::maximum_da, golden::maximum_db});
  check(larger, {tensor({1, 2, 3}), tensor({1, 5, 0})}, golden::maximum_tie,
        {golden::maximum_tie_da, golden::maximum_tie_db});
  check([](Operands x) { return minimum(x[0], x[1]); }, {a(), row()}, golden::minimum,
        {golden::minimum_da, golden::minimum_db});
}

TEST_CASE("where: as in PyTorch", "[03.14][gradient]") {
  check([](Operands x) { return where(gt(a(), scalar(0)), x[0], x[1]); }, {a(), row()},
        golden::where, {golden::where_da, golden::where_db});
}

TEST_CASE("sum, mean and variance: as in PyTorch", "[03.18][gradient]") {
  check([](Operands x) { return sum(x[0], 1); }, {a()}, golden::sum, {golden::sum_da});
  check([](Operands x) { return mean(x[0], 0, true); }, {a()}, golden::mean, {golden::mean_da});
  check([](Operands x) { return var(x[0], 1); }, {a()}, golden::var, {golden::var_da});
}

TEST_CASE("max: as in PyTorch, also where several are largest", "[03.19][gradient]") {
  const auto largest = [](Operands x) { return max(x[0], 1); };
  check(largest, {a()}, golden::max, {golden::max_da});
  check(largest, {tensor({1, 3, 3, 2, 2, 2}, {2, 3})}, golden::max_tie, {golden::max_tie_da});
}

TEST_CASE("cat and stack: as in PyTorch", "[03.20][gradient]") {
  check(
      [](Operands x) {
        return cat({x[0], x[1]}, 1);
      },
      {a(), column()}, golden::cat, {golden::cat_da, golden::cat_db});
  check(
      [](Operands x) {
        return stack({x[0], x[1]}, 1);
      },
      {a(), waves(30, {2, 3})}, golden::stack, {golden::stack_da, golden::stack_db});
}

TEST_CASE("matmul: as in PyTorch, alone and in batches", "[03.21][gradient]") {
  const auto product = [](Operands x) { return matmul(x[0], x[1]); };
  check(product, {a(), waves(40, {3, 2})}, golden::matmul, {golden::matmul_da, golden::matmul_db});
  check(product, {waves(50, {2, 1, 2, 3}), waves(60, {2, 3, 2})}, golden::batched,
        {golden::batched_da, golden::batched_db});
}

TEST_CASE("permute and reshape: as in PyTorch", "[03.15][gradient]") {
  check(
      [](Operands x) {
        return x[0].permute({2, 0, 1});
      },
      {waves(70, {2, 3, 2})}, golden::permute, {golden::permute_da});
  check(
      [](Operands x) {
        return x[0].transpose(0, 1).reshape({2, 3});
      },
      {a()}, golden::reshape, {golden::reshape_da});
}

TEST_CASE("slice and select: as in PyTorch", "[03.16][gradient]") {
  check([](Operands x) { return x[0].slice(1, 0, 3, 2); }, {a()}, golden::slice,
        {golden::slice_da});
  check([](Operands x) { return x[0].select(1, 1); }, {a()}, golden::select, {golden::select_da});
}

TEST_CASE("expand: as in PyTorch", "[03.17][gradient]") {
  check(
      [](Operands x) {
        return x[0].expand({2, 2, 3});
      },
      {row()}, golden::expand, {golden::expand_da});
}

TEST_CASE("second derivative: as in PyTorch", "[03.3][03.11][03.12][gradient]") {
  const Tensor x = a().set_requires_grad(true);
  const Tensor slope = grad(sum(tanh(x) * pow(x, 2)), {x}, true)[0];
  CHECK_TENSOR_NEAR(grad(sum(slope * weights(slope)), {x})[0], expected(golden::second, {2, 3}),
                    1e-10);
}
