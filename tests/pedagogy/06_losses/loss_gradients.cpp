// 06_losses: every rule against finite differences, in doubles, and second derivatives.
#include <tinytorch/losses.hpp>
#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
Tensor random(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return randn(shape, rng);
}
}  // namespace

TEST_CASE("gradients: mse and l1", "[06.2][06.1][gradient]") {
  const Tensor x = random({2, 3}, 1), y = random({2, 3}, 2);
  CHECK_GRADIENTS([](const Tensor& a, const Tensor& b) { return mse_loss(a, b); }, {x, y});
  CHECK_GRADIENTS([](const Tensor& a, const Tensor& b) { return l1_loss(a, b); }, {x, y});
}

TEST_CASE("gradients: binary cross entropy of both inputs", "[06.4][06.3][gradient]") {
  const Tensor z = random({3, 2}, 3), y = random({3, 2}, 4);
  CHECK_GRADIENTS(
      [](const Tensor& a, const Tensor& b) {
        return binary_cross_entropy_with_logits(a, b, {.reduction = Reduction::none});
      },
      {z, y});
}

TEST_CASE("gradients: logsumexp along each axis", "[06.6][06.5][gradient]") {
  const Tensor x = random({2, 3, 2}, 5);
  CHECK_GRADIENTS([](const Tensor& a) { return logsumexp(a, 0); }, {x});
  CHECK_GRADIENTS([](const Tensor& a) { return logsumexp(a.transpose(0, 1), 1, true); }, {x});
}

TEST_CASE("gradients: nll_loss", "[06.9][06.8][gradient]") {
  const IndexTensor labels = index_tensor({2, -100, 0, 1}, {2, 2});
  CHECK_GRADIENTS([&](const Tensor& a) { return nll_loss(a, labels); }, {random({2, 3, 2}, 6)});
}

TEST_CASE("gradients: cross_entropy of labels with every option", "[06.12][06.11][gradient]") {
  const IndexTensor labels = index_tensor({2, 3, 0, 1}, {2, 2});
  const Tensor x = random({2, 3, 2}, 7);
  CHECK_GRADIENTS([&](const Tensor& a) { return cross_entropy(a, labels, {.ignore_index = 3}); },
                  {x});
  CHECK_GRADIENTS(
      [&](const Tensor& a) {
        return cross_entropy(
            a, labels, {.ignore_index = 3, .label_smoothing = 0.2, .reduction = Reduction::none});
      },
      {x});
}

TEST_CASE("gradients: cross_entropy of probabilities", "[06.10][gradient]") {
  CHECK_GRADIENTS([](const Tensor& a,
                     const Tensor& q) { return cross_entropy(a, q, {.label_smoothing = 0.2}); },
                  {random({2, 3}, 8), random({2, 3}, 9)});
}

TEST_CASE("gradients: of the gradients of the fused operations", "[06.12][06.6][06.4][gradient]") {
  const IndexTensor labels = index_tensor({2, 0}, {2});
  const auto second = [](const auto& loss) {
    return [loss](const Tensor& a) {
      const GradMode recording(true);  // gradcheck calls this with recording off
      return sum(grad(loss(a), {a}, true)[0] * a);
    };
  };
  const Tensor x = random({2, 3}, 10);
  CHECK_GRADIENTS(second([&](const Tensor& a) { return cross_entropy(a, labels); }), {x});
  CHECK_GRADIENTS(second([](const Tensor& a) { return sum(logsumexp(a, 1)); }), {x});
}
