// cross_entropy against distributions instead of labels. Numbers marked "torch" come from
// torch.nn.functional.cross_entropy (1.13) in doubles.
#include <cmath>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor scores() { return tensor({2, 1, 0, 0, 3, -1}, {2, 3}); }
Tensor targets() { return tensor({0.7f, 0.2f, 0.1f, 0, 0, 1}, {2, 3}); }

}  // namespace

TEST_CASE("soft targets: the distance of two distributions", "[06.10][core]") {
  // By hand, line 0: log p = [-0.4076060, -1.4076060, -2.4076060]; 0.7, 0.2 and 0.1 of them.
  CHECK_TENSOR(cross_entropy(scores(), targets(), {.reduction = Reduction::none}),
               values({0.8076060, 4.0658839}, {2}));
  CHECK_TENSOR(cross_entropy(zeros({2}), tensor({0.5f, 0.5f})), values({0.6931472}, {}));
}

TEST_CASE("soft targets: the mean is over examples and not over numbers", "[06.10][core]") {
  CHECK_TENSOR(cross_entropy(scores(), targets()), values({2.4367449}, {}));
  CHECK_TENSOR(cross_entropy(scores(), targets(), {.reduction = Reduction::sum}),
               values({4.8734899}, {}));
}

TEST_CASE("soft targets: smoothing mixes with all classes alike", "[06.10][core]") {
  const CrossEntropyOptions options = {.label_smoothing = 0.3, .reduction = Reduction::none};
  CHECK_TENSOR(cross_entropy(scores(), targets(), options),
               values({0.9876060, 3.5658839}, {2}));  // torch
}

TEST_CASE("soft targets: a class that is as good as impossible costs its score", "[06.10][edge]") {
  // softmax gives exactly 0 there, and log(0) would be -inf.
  CHECK_TENSOR(cross_entropy(tensor({0, -200}, {1, 2}), tensor({0, 1}, {1, 2})), values({200}, {}));
  CHECK_TENSOR(cross_entropy(tensor({1e4f, -1e4f}), tensor({0.5f, 0.5f})), values({1e4}, {}));
}

TEST_CASE("soft targets: places of one example", "[06.10][edge]") {
  const Tensor x = scores().transpose(0, 1).unsqueeze(0);   // [N 1, C 3, d 2]
  const Tensor q = targets().transpose(0, 1).unsqueeze(0);  // the lines of above, as columns
  CHECK_TENSOR(cross_entropy(x, q, {.reduction = Reduction::none}),
               values({0.8076060, 4.0658839}, {1, 2}));
  CHECK_TENSOR(cross_entropy(x, q), values({2.4367449}, {}));
}

TEST_CASE("soft targets: sure distributions are labels", "[06.10][06.7][06.11][property]") {
  Rng rng(610);
  const Tensor x = randn({4, 5}, rng);
  const IndexTensor y = index_tensor({4, 0, 2, 2}, {4});
  const Tensor q = detail::target_distribution(y, x.shape(), 1, 0, -100);
  CHECK_TENSOR(cross_entropy(x, q), cross_entropy(x, y));
  const Tensor smoothed = detail::target_distribution(y, x.shape(), 1, 0.25, -100);
  CHECK_TENSOR(cross_entropy(x, smoothed), cross_entropy(x, y, {.label_smoothing = 0.25}));
}

TEST_CASE("soft targets: gradients of scores and of targets", "[06.10][core]") {
  Tensor x = zeros({1, 2}), q = tensor({0.25f, 0.75f}, {1, 2});
  x.set_requires_grad(true);
  q.set_requires_grad(true);
  cross_entropy(x, q).backward();
  CHECK_TENSOR(x.grad(), values({0.25, -0.25}, {1, 2}));           // 0.5 - q
  CHECK_TENSOR(q.grad(), values({0.6931472, 0.6931472}, {1, 2}));  // -log p
}

TEST_CASE("soft targets: least where both distributions are the same", "[06.10][property]") {
  Rng rng(6100);
  const Tensor best = randn({1, 4}, rng);
  const Tensor q = softmax(best, 1);
  const double least = double(cross_entropy(best, q).item());
  for (int i = 0; i < 10; ++i) {
    CHECK(double(cross_entropy(best + randn({1, 4}, rng), q).item()) > least);
  }
}

TEST_CASE("soft targets: what does not fit is refused", "[06.10][errors]") {
  CHECK_THROWS_WITH(
      cross_entropy(zeros({2, 3}), zeros({3})),
      contains("cross_entropy: expects input and target of one shape, got [2, 3] and [3]"));
  CHECK_THROWS_WITH(cross_entropy(scores(), targets(), {.label_smoothing = -0.1}),
                    contains("expects label_smoothing in [0, 1], got -0.1"));
  CHECK_THROWS_WITH(cross_entropy(scores(), targets(), {.ignore_index = 1}),
                    contains("got probabilities and ignore_index 1"));
  CHECK_THROWS_AS(cross_entropy(scalar(0), scalar(1)), ShapeError);
  CHECK_TENSOR(cross_entropy(zeros({1, 1}), ones({1, 1})), values({0}, {}));
}
