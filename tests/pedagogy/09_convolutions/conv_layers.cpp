// The layers: parameters with PyTorch's names, first values, training and answering.
#include <cmath>
#include <string>

#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("Conv2d: parameters and shapes", "[09.8][core]") {
  Rng rng(1);
  const Conv2d conv(1, 8, 5, rng, {.padding = 2});
  CHECK_SHAPE(conv.weight, {8, 1, 5, 5});
  CHECK_SHAPE(conv.bias, {8});
  CHECK(conv.parameter_count() == 208);
  CHECK_SHAPE(conv(zeros({2, 1, 28, 28})), {2, 8, 28, 28});
}

TEST_CASE("Conv2d: computes conv2d of its parameters with all options", "[09.8][core]") {
  Rng rng(2);
  const Conv2d conv(4, 6, 3, rng, {.stride = 2, .padding = 1, .dilation = 2, .groups = 2});
  CHECK_SHAPE(conv.weight, {6, 2, 3, 3});
  const Tensor x = randn({1, 4, 9, 9}, rng);
  CHECK_TENSOR(conv(x), conv2d(x, conv.weight, conv.bias,
                               {.stride = 2, .padding = 1, .dilation = 2, .groups = 2}));
  CHECK_SHAPE(conv(x), {1, 6, 4, 4});  // (9 + 2 - 5) / 2 + 1
  const Conv2d plain(4, 6, 3, rng, {.bias = false});
  CHECK_FALSE(plain.bias.defined());
  CHECK(plain.named_parameters().size() == 1);
  CHECK_TENSOR(plain(zeros({1, 4, 3, 3})), zeros({1, 6, 1, 1}));
}

TEST_CASE("Conv2d: starts within one over the root of its fan", "[09.8][property]") {
  Rng rng(3);
  const Conv2d conv(16, 64, 3, rng);
  const real bound = real(1) / 12;  // 16 * 3 * 3 = 144 terms
  const real largest = max(abs(conv.weight.detach())).item();
  CHECK((largest <= bound && largest > real(0.99) * bound));
  CHECK(max(abs(conv.bias.detach())).item() <= bound);
  // Terms of variance bound^2 / 3 each: outputs of variance 1/3 from inputs of variance 1.
  const Tensor y = conv2d(randn({4, 16, 8, 8}, rng), conv.weight.detach());
  CHECK(std::abs(double(mean(y * y).item()) - 1.0 / 3) < 0.03);
}

TEST_CASE("pool layers: hand their options on", "[09.10][09.12][core]") {
  Rng rng(4);
  const Tensor x = randn({1, 2, 7, 7}, rng);
  CHECK_TENSOR(MaxPool2d(3, {.stride = 2, .padding = 1})(x),
               max_pool2d(x, 3, {.stride = 2, .padding = 1}));
  CHECK_TENSOR(AvgPool2d(3, {.stride = 2, .padding = 1})(x),
               avg_pool2d(x, 3, {.stride = 2, .padding = 1}));
  CHECK_SHAPE(MaxPool2d(2)(x), {1, 2, 3, 3});
}

TEST_CASE("BatchNorm2d: learns two numbers a channel and remembers two", "[09.13][09.14][core]") {
  const BatchNorm2d norm(3);
  CHECK(norm.parameter_count() == 6);
  CHECK(norm.named_buffers().size() == 3);
  const Tensor x = tensor({1, 10, 100, 3, 30, 300}, {2, 3, 1, 1});
  CHECK_TENSOR_NEAR(norm(x), values({-1, -1, -1, 1, 1, 1}, {2, 3, 1, 1}), 1e-4);
  CHECK_TENSOR(norm.running_mean, values({0.2, 2, 20}, {3}));
  CHECK_TENSOR(norm.running_var, values({1.1, 20.9, 2000.9}, {3}));
  CHECK(norm.num_batches_tracked.item() == 1);
}

TEST_CASE("BatchNorm2d: after eval one image is enough and nothing moves", "[09.13][edge]") {
  const BatchNorm2d norm(1, {.eps = 0, .momentum = 0.5});
  (void)norm(tensor({1, 3}, {2, 1, 1, 1}));  // running mean 1, running variance 0.5 + 0.5 * 2
  norm.eval();
  const Tensor y = norm(full({1, 1, 1, 1}, 4));
  CHECK_TENSOR(y, values({3 / std::sqrt(1.5)}, {1, 1, 1, 1}));
  CHECK_TENSOR(norm.running_mean, values({1}, {1}));
  CHECK(norm.num_batches_tracked.item() == 1);
}

TEST_CASE("BatchNorm2d: a checkpoint carries the running numbers", "[09.14][core]") {
  const BatchNorm2d trained(1), fresh(1);
  (void)trained(tensor({1, 3}, {2, 1, 1, 1}));
  fresh.load_state_dict(trained.state_dict());
  CHECK_TENSOR(fresh.running_mean, values({0.2}, {1}));
  CHECK(fresh.num_batches_tracked.item() == 1);
}

TEST_CASE("layers: a small network has names and shapes throughout", "[09.8][09.10][core]") {
  Rng rng(5);
  const Sequential model(Conv2d(1, 6, 5, rng, {.padding = 2}), MaxPool2d(2), Conv2d(6, 16, 5, rng),
                         MaxPool2d(2), Flatten(), Linear(400, 10, rng));
  CHECK_SHAPE(model(zeros({2, 1, 28, 28})), {2, 10});
  std::string names;
  for (const auto& [name, parameter] : model.named_parameters()) names += name + " ";
  CHECK(names == "0.weight 0.bias 2.weight 2.bias 5.weight 5.bias ");
}

TEST_CASE("layers: say what they expect", "[09.8][09.13][errors]") {
  Rng rng(6);
  CHECK_SHAPE(Conv2d(2, 4, 1, rng, {.groups = 2})(zeros({1, 2, 1, 1})), {1, 4, 1, 1});
  CHECK_THROWS_WITH(
      Conv2d(3, 4, 3, rng, {.groups = 2}),
      contains("Conv2d: expects sizes >= 1 and channels that groups divides, got in 3"));
  CHECK_THROWS_AS(Conv2d(3, 4, 0, rng), ValueError);
  const BatchNorm2d norm(2);
  CHECK_THROWS_WITH(norm(zeros({1, 2, 1, 1})), contains("expects more than one number a channel"));
  CHECK(norm.num_batches_tracked.item() == 0);
}
