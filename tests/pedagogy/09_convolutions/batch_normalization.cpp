// Batch normalisation: by the batch in training, by the running numbers afterwards.
#include <cmath>

#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Weight, bias and running numbers of a fresh layer.
struct Fresh {
  Tensor mean, var, weight, bias;
  explicit Fresh(Index channels)
      : mean(zeros({channels})),
        var(ones({channels})),
        weight(ones({channels})),
        bias(zeros({channels})) {}

  Tensor train(const Tensor& x, double momentum = 0.1, double eps = 1e-5) const {
    return batch_norm(x, mean, var, weight, bias,
                      {.training = true, .momentum = momentum, .eps = eps});
  }
  Tensor answer(const Tensor& x) const { return batch_norm(x, mean, var, weight, bias); }
};

}  // namespace

TEST_CASE("normalize: a number by hand", "[09.13][core]") {
  const Tensor y = normalize_channels(full({1, 1, 1, 1}, 3), tensor({1}), tensor({4}), tensor({10}),
                                      tensor({0.5f}), 0);
  CHECK_TENSOR(y, values({10.5}, {1, 1, 1, 1}));  // (3 - 1) / 2 * 10 + 0.5
}

TEST_CASE("normalize: the numbers of a channel meet axis 1", "[09.13][core]") {
  // Two channels and rows of two: aligned from the right, the channels would meet the columns.
  const Tensor x = tensor({1, 2, 3, 4, 10, 20, 30, 40}, {1, 2, 2, 2});
  const Tensor y =
      normalize_channels(x, tensor({1, 10}), tensor({1, 100}), tensor({1, 2}), tensor({0, 5}), 0);
  CHECK_TENSOR(y, values({0, 1, 2, 3, 5, 7, 9, 11}, {1, 2, 2, 2}));
}

TEST_CASE("normalize: eps stands below the root", "[09.13][edge]") {
  // A channel of variance 0: (5 - 1) / sqrt(0 + 0.25) = 8.
  const Tensor y = normalize_channels(full({1, 1, 1, 2}, 5), tensor({1}), tensor({0}), tensor({1}),
                                      tensor({0}), 0.25);
  CHECK_TENSOR(y, values({8, 8}, {1, 1, 1, 2}));
}

TEST_CASE("running numbers: move by a tenth, with the unbiased variance", "[09.14][core]") {
  const Tensor mean = zeros({2}), var = ones({2});
  update_running(mean, var, tensor({5, -10}), tensor({3, 6}), 4, 0.1);
  CHECK_TENSOR(mean, values({0.5, -1}, {2}));
  CHECK_TENSOR(var, values({1.3, 1.7}, {2}));  // 0.9 + 0.1 * 3 * 4 / 3 = 1.3, 0.9 + 0.1 * 8 = 1.7
}

TEST_CASE("running numbers: momentum is the share of the new", "[09.14][edge]") {
  const Tensor mean = full({1}, 7), var = full({1}, 7);
  update_running(mean, var, tensor({1}), tensor({1}), 2, 1.0);
  CHECK_TENSOR(mean, values({1}, {1}));
  CHECK_TENSOR(var, values({2}, {1}));
  update_running(mean, var, tensor({9}), tensor({9}), 2, 0.0);
  CHECK_TENSOR(mean, values({1}, {1}));
  CHECK_TENSOR(var, values({2}, {1}));
}

TEST_CASE("batch norm: in training each channel gets mean 0 and variance 1",
          "[09.13][09.14][core]") {
  const Fresh layer(2);
  // Channel 0: 1, 3 in two images: mean 2, variance 1. Channel 1: 10, 30: mean 20, variance 100.
  const Tensor x = tensor({1, 10, 3, 30}, {2, 2, 1, 1});
  CHECK_TENSOR(layer.train(x, 0.1, 0), values({-1, -1, 1, 1}, {2, 2, 1, 1}));
  CHECK_TENSOR(layer.mean, values({0.2, 2}, {2}));
  CHECK_TENSOR(layer.var, values({1.1, 20.9}, {2}));  // unbiased 2 and 200
}

TEST_CASE("batch norm: statistics are over images, rows and columns", "[09.13][property]") {
  Rng rng(98);
  const Tensor x = randn({3, 2, 4, 5}, rng) * 3 + 7;
  const Tensor y = Fresh(2).train(x);
  for (Index c = 0; c < 2; ++c) {
    double total = 0, squares = 0;
    const Values numbers = read(y.select(1, c));
    for (const double v : numbers.numbers) {
      total += v;
      squares += v * v;
    }
    CHECK(std::abs(total / 60) < 1e-5);
    CHECK(std::abs(squares / 60 - 1) < 1e-4);
  }
}

TEST_CASE("batch norm: afterwards the running numbers serve and stay", "[09.13][edge]") {
  Fresh layer(1);
  layer.mean.fill_(2);
  layer.var.fill_(4);
  const auto version = layer.mean.storage()->version();
  CHECK_TENSOR_NEAR(layer.answer(full({1, 1, 1, 1}, 6)), values({2}, {1, 1, 1, 1}), 1e-4);
  CHECK_TENSOR(layer.mean, values({2}, {1}));
  CHECK(layer.mean.storage()->version() == version);
}

TEST_CASE("batch norm: the gradients of a channel sum to nothing", "[09.13][09.14][property]") {
  // Adding a constant to a channel changes no output, so no gradient may ask for it.
  Rng rng(99);
  Tensor x = randn({2, 2, 3, 3}, rng);
  x.set_requires_grad(true);
  const Fresh layer(2);
  const Tensor y = layer.train(x);
  sum(y * y * y).backward();
  CHECK_TENSOR_NEAR(sum(x.grad(), Shape{0, 2, 3}), zeros({2}), 1e-3);
  CHECK(sum(abs(x.grad())).item() > real(0.1));
  CHECK_FALSE(layer.mean.requires_grad());
  CHECK_FALSE(layer.var.requires_grad());
}

TEST_CASE("batch norm: large means lose no digits", "[09.13][edge]") {
  const Tensor y = Fresh(1).train(tensor({10000, 10001, 10002, 10003}, {1, 1, 2, 2}));
  // Deviations -1.5 .. 1.5, variance 1.25.
  CHECK_TENSOR_NEAR(y, values({-1.34164, -0.44721, 0.44721, 1.34164}, {1, 1, 2, 2}), 1e-4);
}

TEST_CASE("batch norm: says what it expects", "[09.13][errors]") {
  const Fresh layer(2);
  CHECK_SHAPE(layer.answer(zeros({1, 2, 1, 1})), {1, 2, 1, 1});
  CHECK_THROWS_WITH(layer.answer(zeros({1, 3, 2, 2})),
                    contains("batch_norm: expects x [N, 2, H, W], got [1, 3, 2, 2]"));
  CHECK_THROWS_WITH(
      layer.train(zeros({1, 2, 1, 1})),
      contains("expects more than one number a channel in training, got [1, 2, 1, 1]"));
}
