// 06_losses / cross_entropy.hpp: composed of the parts, with probabilities, and as one operation.
#include <cmath>
#include <limits>

#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
const Reduction none = Reduction::none;
constexpr real inf = std::numeric_limits<real>::infinity();
}  // namespace

TEST_CASE("cross_entropy: a model that knows nothing pays the logarithm of the classes",
          "[06.11][core]") {
  for (const Index classes : {2, 4, 10}) {
    const Tensor loss = cross_entropy(zeros({3, classes}), index_tensor({0, 1, 1}, {3}));
    CHECK_TENSOR(loss, values({std::log(double(classes))}, {}));
  }
}

TEST_CASE("cross_entropy: one line worked by hand with and without smoothing", "[06.11][core]") {
  const Tensor x = tensor({2, 1, 0});  // log(e^2 + e + 1) = 2.4076060
  CHECK_TENSOR(cross_entropy(x, index_tensor({0}, {})), values({0.4076060}, {}));
  CHECK_TENSOR(cross_entropy(x, index_tensor({2}, {})), values({2.4076060}, {}));
  // 2.4076060 - (0.7 * 2 + 0.3 * 1)
  CHECK_TENSOR(cross_entropy(x, index_tensor({0}, {}), {.label_smoothing = 0.3}),
               values({0.7076060}, {}));
}

TEST_CASE("cross_entropy: huge scores and masked scores stay exact", "[06.11][edge]") {
  const Tensor x = tensor({10000, 0, -10000, 0, 5, -inf}, {3, 2});
  CHECK_TENSOR(cross_entropy(x, index_tensor({1, 0, 0}, {3}), {.reduction = none}),
               values({10000, 10000, 0}, {3}));
}

TEST_CASE("cross_entropy: ignored labels and reductions and places", "[06.11][06.1][edge]") {
  const Tensor x = tensor({0, 0, 1, 0, 0, 0}, {3, 2});  // log 2, log(1 + e), log 2
  const IndexTensor labels = index_tensor({0, 1, 4}, {3});
  CHECK_TENSOR(cross_entropy(x, labels, {.ignore_index = 4, .reduction = none}),
               values({0.6931472, 1.3132617, 0}, {3}));
  CHECK_TENSOR(cross_entropy(x, labels, {.ignore_index = 4}), values({1.0032044}, {}));
  const Tensor images = tensor({0, 1, 0, 0}, {1, 2, 2});  // [N, C, d]: columns are the lines
  CHECK_TENSOR(cross_entropy(images, index_tensor({0, 1}, {1, 2}), {.reduction = none}),
               values({0.6931472, 1.3132617}, {1, 2}));
}

TEST_CASE("cross_entropy: numbers of PyTorch 1.13", "[06.11][06.12][core]") {
  Tensor x = tensor({0.5f, -1, 2, 0, 1.5f, -0.5f}, {2, 3});
  x.set_requires_grad(true);
  const Tensor loss = cross_entropy(x, index_tensor({2, 0}, {2}), {.label_smoothing = 0.1});
  CHECK_TENSOR_NEAR(loss, values({1.0821668}, {}), 1e-6);
  CHECK_TENSOR_NEAR(
      grad(loss, {x})[0],
      values({0.0709785, 0.0028896, -0.0738681, -0.3845409, 0.3513957, 0.0331452}, {2, 3}), 1e-6);
}

TEST_CASE("cross_entropy: the gradient is the model's distribution less the target's",
          "[06.12][core]") {
  Tensor x = tensor({0, 0, 0, 0}, {2, 2});
  x.set_requires_grad(true);
  const Tensor losses = cross_entropy(x, index_tensor({0, 1}, {2}), {.reduction = none});
  losses.backward(tensor({1, 4}));
  CHECK_TENSOR(x.grad(), values({-0.5, 0.5, 2, -2}, {2, 2}));
}

TEST_CASE("cross_entropy: an ignored line has no gradient and smoothing moves the target",
          "[06.12][edge]") {
  Tensor x = zeros({2, 2});
  x.set_requires_grad(true);
  const Tensor loss = cross_entropy(x, index_tensor({-100, 1}, {2}),
                                    {.label_smoothing = 0.4, .reduction = Reduction::sum});
  CHECK_TENSOR(grad(loss, {x})[0], values({0, 0, 0.3, -0.3}, {2, 2}));  // 0.5 - 0.2, 0.5 - 0.8
}

TEST_CASE("cross_entropy: the fused one agrees with its parts", "[06.11][06.12][property]") {
  Rng rng(6);
  for (const double smoothing : {0.0, 0.25}) {
    for (const Reduction reduction : {Reduction::mean, Reduction::sum}) {
      Tensor x = randn({4, 3, 2}, rng) * 3;
      x = x.detach();
      x.set_requires_grad(true);
      const IndexTensor labels = index_tensor({0, 1, 2, 5, 1, 1, 5, 2}, {4, 2});
      const CrossEntropyOptions options = {
          .ignore_index = 5, .label_smoothing = smoothing, .reduction = reduction};
      const Tensor fused = cross_entropy(x, labels, options);
      const Tensor parts = cross_entropy_composed(x, labels, options);
      CHECK_TENSOR(fused, read(parts));
      CHECK_TENSOR(grad(fused, {x})[0], read(grad(parts, {x})[0]));
    }
  }
}

TEST_CASE("cross_entropy of probabilities: the least is what the target is unsure of",
          "[06.10][core]") {
  const Tensor q = tensor({0.5f, 0.5f, 0.25f, 0.75f}, {2, 2});
  CHECK_TENSOR(cross_entropy(zeros({2, 2}), q, {.reduction = none}),
               values({0.6931472, 0.6931472}, {2}));
  // scores log 1 and log 3 give exactly q of the second line: its entropy, 0.5623351
  CHECK_TENSOR(cross_entropy(tensor({0, 1.0986123f}, {1, 2}), tensor({0.25f, 0.75f}, {1, 2})),
               values({0.5623351}, {}));
}

TEST_CASE("cross_entropy of probabilities: a sure target is a label and far scores are fine",
          "[06.10][edge]") {
  const Tensor x = tensor({200, 0, 1, 1, 2, 0}, {2, 3});
  const Tensor q = tensor({0, 1, 0, 0, 1, 0}, {2, 3});
  CHECK_TENSOR(cross_entropy(x, q, {.reduction = none}), values({200, 0.4076060}, {2}));
  // smoothed: 0.9 of the line's own target and 0.1 / 3 of every class
  CHECK_TENSOR(cross_entropy(x, q, {.label_smoothing = 0.3, .reduction = none}),
               values({0.7 * 200 + 0.3 * (0 + 200 + 199) / 3, 0.7076060}, {2}));
  CHECK_THROWS_AS(cross_entropy(x, q.select(0, 0)), ShapeError);
  CHECK_THROWS_WITH(cross_entropy(x, q, {.label_smoothing = 1.5}),
                    contains("expects label_smoothing in [0, 1], got 1.5"));
}
