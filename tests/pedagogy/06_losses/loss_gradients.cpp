// Every loss against finite differences, in doubles; and the gradients of the gradients.
#include <tinytorch/losses.hpp>
#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr Reduction reductions[] = {Reduction::none, Reduction::mean, Reduction::sum};

/// The gradient of a loss as a function of its input: checking it checks the rules of the rules.
template <class Loss>
auto gradient_of(Loss loss) {
  return [loss](const Tensor& x) {
    const GradMode recording(true);  // gradcheck switches it off for its differences
    return grad(sum(loss(x) * 2), {x}, true)[0];
  };
}

/// Scores as [N, C, d], their classes last in memory.
Tensor places(const Tensor& x) { return x.permute({0, 2, 1}); }

}  // namespace

TEST_CASE("gradients: mse_loss and l1_loss", "[06.2][06.1][gradient]") {
  Rng rng(62);
  const Tensor x = randn({2, 3}, rng), y = randn({2, 3}, rng);
  for (const Reduction r : reductions) {
    CHECK_GRADIENTS(
        [&](const Tensor& a, const Tensor& b) { return mse_loss(a, b, {.reduction = r}); }, {x, y});
    CHECK_GRADIENTS(
        [&](const Tensor& a, const Tensor& b) { return l1_loss(a, b, {.reduction = r}); }, {x, y});
  }
}

TEST_CASE("gradients: binary cross entropy of scores and targets", "[06.4][gradient]") {
  Rng rng(64);
  const Tensor z = randn({2, 3}, rng) * 3, y = rand({2, 3}, rng);
  for (const Reduction r : reductions) {
    CHECK_GRADIENTS(
        [&](const Tensor& a, const Tensor& b) {
          return binary_cross_entropy_with_logits(a, b, {.reduction = r});
        },
        {z, y});
  }
  CHECK_GRADIENTS(
      [&](const Tensor& a) {
        return binary_cross_entropy_with_logits(a.transpose(0, 1), y.transpose(0, 1));
      },
      {z});
}

TEST_CASE("gradients: logsumexp along each axis", "[06.6][gradient]") {
  Rng rng(66);
  const Tensor x = randn({2, 3, 2}, rng);
  for (const Index axis : {0, 1, -1}) {
    CHECK_GRADIENTS([&](const Tensor& a) { return logsumexp(a, axis); }, {x});
    CHECK_GRADIENTS([&](const Tensor& a) { return logsumexp(a, axis, true) * a; }, {x});
  }
}

TEST_CASE("gradients: nll_loss", "[06.9][gradient]") {
  Rng rng(69);
  const Tensor x = randn({3, 4}, rng), text = randn({2, 3, 4}, rng);
  const IndexTensor y = index_tensor({3, -100, 0}, {3});
  const IndexTensor tokens = index_tensor({1, 0, 3, 3, -100, 2}, {2, 3});
  for (const Reduction r : reductions) {
    CHECK_GRADIENTS([&](const Tensor& a) { return nll_loss(a, y, {.reduction = r}); }, {x});
    CHECK_GRADIENTS([&](const Tensor& a) { return nll_loss(places(a), tokens, {.reduction = r}); },
                    {text});
  }
}

TEST_CASE("gradients: cross_entropy of labels", "[06.12][gradient]") {
  Rng rng(612);
  const Tensor x = randn({3, 4}, rng), text = randn({2, 3, 4}, rng);
  const IndexTensor y = index_tensor({3, -100, 0}, {3});
  const IndexTensor tokens = index_tensor({1, 0, 3, 3, -100, 2}, {2, 3});
  for (const double smoothing : {0.0, 0.3}) {
    for (const Reduction r : reductions) {
      const CrossEntropyOptions options = {.label_smoothing = smoothing, .reduction = r};
      CHECK_GRADIENTS([&](const Tensor& a) { return cross_entropy(a, y, options); }, {x});
      CHECK_GRADIENTS([&](const Tensor& a) { return cross_entropy(places(a), tokens, options); },
                      {text});
    }
  }
}

TEST_CASE("gradients: cross_entropy of distributions", "[06.10][gradient]") {
  Rng rng(6105);
  const Tensor x = randn({3, 4}, rng), q = softmax(randn({3, 4}, rng), 1);
  for (const Reduction r : reductions) {
    CHECK_GRADIENTS(
        [&](const Tensor& a, const Tensor& b) {
          return cross_entropy(a, b, {.label_smoothing = 0.1, .reduction = r});
        },
        {x, q});
  }
}

TEST_CASE("gradients: of the gradients of binary cross entropy", "[06.4][gradient]") {
  const Tensor z = tensor({-2, 0.5, 3}), y = tensor({1, 0.25, 0});
  CHECK_GRADIENTS(
      gradient_of([&](const Tensor& a) { return binary_cross_entropy_with_logits(a, y); }), {z});
  CHECK_GRADIENTS(
      gradient_of([&](const Tensor& a) { return binary_cross_entropy_with_logits(z, a * a); }),
      {y});
}

TEST_CASE("gradients: of the gradients of logsumexp", "[06.6][gradient]") {
  Rng rng(666);
  const Tensor x = randn({2, 3}, rng);
  CHECK_GRADIENTS(gradient_of([](const Tensor& a) { return logsumexp(a, 1); }), {x});
  CHECK_GRADIENTS(gradient_of([](const Tensor& a) { return exp(logsumexp(a, 0)); }), {x});
}

TEST_CASE("gradients: of the gradients of nll_loss", "[06.9][gradient]") {
  Rng rng(699);
  const Tensor x = randn({2, 3}, rng);
  const IndexTensor y = index_tensor({2, 0}, {2});
  CHECK_GRADIENTS(gradient_of([&](const Tensor& a) { return nll_loss(a * a, y); }), {x});
  CHECK_GRADIENTS(gradient_of([&](const Tensor& a) { return nll_loss(log_softmax(a, 1), y); }),
                  {x});
}

TEST_CASE("gradients: of the gradients of cross_entropy", "[06.12][gradient]") {
  Rng rng(6122);
  const Tensor x = randn({3, 4}, rng);
  const IndexTensor y = index_tensor({2, -100, 0}, {3});
  for (const double smoothing : {0.0, 0.3}) {
    const CrossEntropyOptions options = {.label_smoothing = smoothing,
                                         .reduction = Reduction::none};
    CHECK_GRADIENTS(gradient_of([&](const Tensor& a) {
                      const Tensor losses = cross_entropy(a, y, options);
                      return losses * losses;  // so that g, too, depends on the scores
                    }),
                    {x});
  }
}
