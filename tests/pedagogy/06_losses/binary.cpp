// binary_cross_entropy_with_logits: yes or no, from scores of any size.
#include <cmath>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor bce(const Tensor& z, const Tensor& y, Reduction reduction = Reduction::none) {
  return binary_cross_entropy_with_logits(z, y, {.reduction = reduction});
}

}  // namespace

TEST_CASE("bce: what nothing was known about costs log 2", "[06.3][core]") {
  CHECK_TENSOR(bce(zeros({3}), tensor({0, 1, 0.5f})),
               values({0.69314718, 0.69314718, 0.69314718}, {3}));
}

TEST_CASE("bce: sure and right is cheap and sure and wrong is dear", "[06.3][core]") {
  // log(1 + e^-2) = 0.1269280 for the right answer, 2 more for the wrong one.
  CHECK_TENSOR(bce(tensor({2, 2, -2, -2}), tensor({1, 0, 0, 1})),
               values({0.1269280, 2.1269280, 0.1269280, 2.1269280}, {4}));
}

TEST_CASE("bce: targets between no and yes", "[06.3][core]") {
  // z 1: log(1 + e) - y = 1.3132617 - y
  CHECK_TENSOR(bce(tensor({1, 1, 1}), tensor({0.25f, 0.5f, 0.75f})),
               values({1.0632617, 0.8132617, 0.5632617}, {3}));
}

TEST_CASE("bce: large scores give neither inf nor NaN", "[06.3][edge]") {
  CHECK_TENSOR(bce(tensor({100, 100, -100, -100, 1e4f, -1e4f}), tensor({0, 1, 0, 1, 0, 1})),
               values({100, 0, 0, 100, 1e4, 1e4}, {6}));
}

TEST_CASE("bce: a small loss is not rounded to 0", "[06.3][edge]") {
  // log(1 + e^-20) = 2.0611536e-9. In float 1 + e^-20 is 1, and its logarithm 0.
  const double loss = double(bce(scalar(20), scalar(1)).item());
  CHECK(std::abs(loss / 2.0611536e-9 - 1) < 1e-4);
  CHECK(std::abs(double(bce(scalar(-20), scalar(0)).item()) / 2.0611536e-9 - 1) < 1e-4);
}

TEST_CASE("bce: NaN stays NaN", "[06.3][edge]") {
  const real bad = std::numeric_limits<real>::quiet_NaN();
  const Tensor losses = bce(tensor({bad, 0}), tensor({1, bad}));
  CHECK(std::isnan(losses.at({0})));
  CHECK(std::isnan(losses.at({1})));
}

TEST_CASE("bce: agrees with the definition where that is safe", "[06.3][property]") {
  Rng rng(63);
  const Tensor z = randn({5, 4}, rng).transpose(0, 1), y = rand({4, 5}, rng);
  Values expected{{}, {4, 5}};
  for (const Shape& index : all_indices({4, 5})) {
    const double p = 1 / (1 + std::exp(-double(z.at(index)))), t = double(y.at(index));
    expected.numbers.push_back(-t * std::log(p) - (1 - t) * std::log(1 - p));
  }
  CHECK_TENSOR(bce(z, y), expected);
}

TEST_CASE("bce: mean and sum", "[06.3][06.1][core]") {
  const Tensor z = tensor({0, 2, -2, 100}, {2, 2}), y = tensor({1, 0, 0, 0}, {2, 2});
  // 0.6931472 + 2.1269280 + 0.1269280 + 100 = 102.9470032
  CHECK_TENSOR(bce(z, y, Reduction::sum), values({102.9470032}, {}));
  CHECK_TENSOR(binary_cross_entropy_with_logits(z, y), values({25.7367508}, {}));
}

TEST_CASE("bce: the gradient is belief less answer", "[06.4][core]") {
  Tensor z = tensor({0, 0, 2, -2}), y = tensor({1, 0, 0, 0.5f});
  z.set_requires_grad(true);
  bce(z, y).backward(tensor({1, 4, 3, 1}));
  // sigmoid(2) = 0.8807971, sigmoid(-2) = 0.1192029
  CHECK_TENSOR(z.grad(), values({-0.5, 2, 2.6423912, -0.3807971}, {4}));
}

TEST_CASE("bce: sure and wrong still learns", "[06.4][edge]") {
  Tensor z = tensor({100, -100, 1e4f, 100});
  z.set_requires_grad(true);
  bce(z, tensor({0, 1, 0, 1}), Reduction::sum).backward();
  CHECK_TENSOR(z.grad(), values({1, -1, 1, 0}, {4}));  // where sigmoid itself is flat
}

TEST_CASE("bce: a target that wants a gradient gets one", "[06.4][core]") {
  const Tensor z = tensor({2, -3});
  Tensor y = tensor({0, 1});
  y.set_requires_grad(true);
  bce(z, y).backward(tensor({3, 1}));
  CHECK_TENSOR(y.grad(), values({-6, 3}, {2}));  // -z g
}

TEST_CASE("bce: shapes that differ are refused", "[06.3][errors]") {
  CHECK_THROWS_WITH(bce(zeros({4, 1}), zeros({4})),
                    contains("binary_cross_entropy_with_logits: expects input and target of one "
                             "shape, got [4, 1] and [4]"));
  CHECK_TENSOR(bce(zeros({1}), zeros({1})), values({0.6931472}, {1}));
}
