// cross_entropy of labels: the fused operation. Numbers marked "torch" come from
// torch.nn.functional.cross_entropy (1.13) in doubles, of the scores and labels below.
#include <cmath>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor scores() { return tensor({2, 1, 0, 0, 3, -1, 1, 1, 1, -2, 0.5f, 4}, {4, 3}); }
IndexTensor labels() { return index_tensor({0, 2, 1, 2}, {4}); }

Tensor gradient(const Tensor& x, const IndexTensor& y, CrossEntropyOptions options = {}) {
  Tensor leaf = x.clone();
  leaf.set_requires_grad(true);
  cross_entropy(leaf, y, options).backward();
  return leaf.grad();
}

}  // namespace

TEST_CASE("cross_entropy: a model that knows nothing pays log of the classes", "[06.11][core]") {
  CHECK_TENSOR(cross_entropy(zeros({1, 4}), index_tensor({2}, {1})), values({1.3862944}, {}));
  CHECK_TENSOR(cross_entropy(zeros({3, 10}), index_tensor({0, 9, 5}, {3})),
               values({2.3025851}, {}));
}

TEST_CASE("cross_entropy: the surprise at each label", "[06.11][core]") {
  // By hand, line 0: log(e^2 + e + 1) - 2 = 2.4076060 - 2. The others: torch.
  CHECK_TENSOR(cross_entropy(scores(), labels(), {.reduction = Reduction::none}),
               values({0.4076060, 4.0658839, 1.0986123, 0.0321536}, {4}));
  CHECK_TENSOR(cross_entropy(scores(), labels(), {.reduction = Reduction::sum}),
               values({5.6042556}, {}));
  CHECK_TENSOR(cross_entropy(scores(), labels()), values({1.4010639}, {}));
}

TEST_CASE("cross_entropy: smoothed labels ask for every class a little", "[06.11][core]") {
  const CrossEntropyOptions each = {.label_smoothing = 0.3, .reduction = Reduction::none};
  CHECK_TENSOR(cross_entropy(scores(), labels(), each),  // torch
               values({0.7076060, 3.5658839, 1.0986123, 0.9821536}, {4}));
  CHECK_TENSOR(cross_entropy(scores(), labels(), {.label_smoothing = 0.3}),
               values({1.5885639}, {}));
  // All smoothed away: the label does not matter any more.
  CHECK_TENSOR(
      cross_entropy(scores().slice(0, 0, 1), index_tensor({2}, {1}), {.label_smoothing = 1}),
      values({1.4076060}, {}));
}

TEST_CASE("cross_entropy: ignored labels cost nothing and do not count", "[06.11][06.1][edge]") {
  const IndexTensor y = index_tensor({0, -100, 1, -100}, {4});
  CHECK_TENSOR(cross_entropy(scores(), y, {.reduction = Reduction::none}),
               values({0.4076060, 0, 1.0986123, 0}, {4}));
  CHECK_TENSOR(cross_entropy(scores(), y), values({0.7531091}, {}));  // of 2, not of 4
  CHECK_TENSOR(cross_entropy(scores(), labels(), {.ignore_index = 2, .label_smoothing = 0.3}),
               values({0.9031091}, {}));  // torch
  CHECK(std::isnan(cross_entropy(scores(), labels(), {.ignore_index = 2}).item()) == false);
  CHECK(std::isnan(cross_entropy(zeros({2, 3}), index_tensor({-100, -100}, {2})).item()));
}

TEST_CASE("cross_entropy: places of an image or a text", "[06.11][edge]") {
  // x_i = 3 sin(i), i = 0 .. 23, as [N 2, C 3, 2, 2]; torch.
  Tensor x = empty({2, 3, 2, 2});
  for (Index i = 0; i < 24; ++i) x.data()[i] = 3 * std::sin(static_cast<real>(i));
  const IndexTensor y = index_tensor({0, 1, 2, 0, 1, 1, 0, 2}, {2, 2, 2});
  const Values expected = values(
      {3.0232355, 5.6482937, 4.4001794, 1.7462004, 3.6419392, 5.6497321, 0.0537772, 4.6998517},
      {2, 2, 2});
  CHECK_TENSOR(cross_entropy(x, y, {.reduction = Reduction::none}), expected);
  CHECK_TENSOR(cross_entropy(x, y, {.ignore_index = 1, .label_smoothing = 0.1}),
               values({2.7631131}, {}));
  // The same lines with the classes last in memory: a view, as transformers give it.
  const Tensor last = x.permute({0, 2, 3, 1}).contiguous().permute({0, 3, 1, 2});
  CHECK_TENSOR(cross_entropy(last, y, {.reduction = Reduction::none}), expected);
}

TEST_CASE("cross_entropy: one example without a batch", "[06.11][edge]") {
  CHECK_TENSOR(cross_entropy(tensor({2, 1, 0}), index_tensor({0}, {})), values({0.4076060}, {}));
  CHECK_TENSOR(gradient(tensor({0, 0}), index_tensor({0}, {})), values({-0.5, 0.5}, {2}));
}

TEST_CASE("cross_entropy: large scores are as exact as small ones", "[06.11][edge]") {
  const Tensor x = tensor({10000, 10001, 9999, -10000, -10001, -10002}, {2, 3});
  // [0, 1, -1] and [0, -1, -2] with something added: log(1 + e^-1 + e^-2) = 0.4076060.
  CHECK_TENSOR(cross_entropy(x, index_tensor({1, 0}, {2}), {.reduction = Reduction::none}),
               values({0.4076060, 0.4076060}, {2}));
  CHECK_TENSOR(cross_entropy(tensor({1e4f, -1e4f}), index_tensor({1}, {})), values({2e4}, {}));
}

TEST_CASE("cross_entropy: masked scores take part in nothing", "[06.11][edge]") {
  const real masked = -std::numeric_limits<real>::infinity();
  const Tensor x = tensor({0, masked, 0}, {1, 3});
  CHECK_TENSOR(cross_entropy(x, index_tensor({0}, {1})), values({0.6931472}, {}));
  CHECK(cross_entropy(x, index_tensor({1}, {1})).item() == -masked);
}

TEST_CASE("cross_entropy: what cannot be a label or a share is refused", "[06.11][errors]") {
  CHECK_THROWS_WITH(
      cross_entropy(zeros({2, 3}), index_tensor({0, 3}, {2})),
      contains("cross_entropy: expects labels from 0 to 2 for 3 classes, got 3 at [1]"));
  CHECK_THROWS_WITH(cross_entropy(zeros({2, 4, 3}), index_tensor({0, 0, 0, 0, 0, 0, 0, 0}, {2, 4})),
                    contains("expects labels of shape [2, 3] for scores [2, 4, 3], got [2, 4]"));
  CHECK_THROWS_WITH(cross_entropy(zeros({1, 2}), index_tensor({0}, {1}), {.label_smoothing = 1.5}),
                    contains("cross_entropy: expects label_smoothing in [0, 1], got 1.5"));
  CHECK_TENSOR(cross_entropy(zeros({1, 1}), index_tensor({0}, {1})), values({0}, {}));
}

TEST_CASE("cross_entropy: the gradient is belief less target", "[06.12][core]") {
  // Line 0: softmax [0.6652410, 0.2447285, 0.0900306] less [1, 0, 0], over 4. All: torch.
  CHECK_TENSOR(gradient(scores(), labels()),
               values({-0.0836898, 0.0611821, 0.0225076, 0.0116532, 0.2340599, -0.2457130,
                       0.0833333, -0.1666667, 0.0833333, 0.0006001, 0.0073105, -0.0079105},
                      {4, 3}));
}

TEST_CASE("cross_entropy: the gradient with smoothed labels", "[06.12][06.7][core]") {
  CHECK_TENSOR(gradient(scores(), labels(), {.label_smoothing = 0.3}),  // torch
               values({-0.0336898, 0.0361821, -0.0024924, -0.0133468, 0.2090599, -0.1957130,
                       0.0583333, -0.1166667, 0.0583333, -0.0243999, -0.0176895, 0.0420894},
                      {4, 3}));
}

TEST_CASE("cross_entropy: the gradient where labels are ignored", "[06.12][edge]") {
  CHECK_TENSOR(gradient(scores(), labels(), {.ignore_index = 2, .label_smoothing = 0.3}),  // torch
               values({-0.0673795, 0.0723642, -0.0049847, 0, 0, 0, 0.1166667, -0.2333333, 0.1166667,
                       0, 0, 0},
                      {4, 3}));
}

TEST_CASE("cross_entropy: each line's gradient has its own factor", "[06.12][core]") {
  Tensor x = zeros({1, 2, 2});  // [N, C, d]
  x.set_requires_grad(true);
  cross_entropy(x, index_tensor({0, 1}, {1, 2}), {.reduction = Reduction::none})
      .backward(tensor({2, 6}, {1, 2}));
  CHECK_TENSOR(x.grad(), values({-1, 3, 1, -3}, {1, 2, 2}));
}

TEST_CASE("cross_entropy: fused and composed agree", "[06.11][06.12][06.8][06.9][property]") {
  Rng rng(611);
  for (const double smoothing : {0.0, 0.2}) {
    for (const Reduction reduction : {Reduction::mean, Reduction::sum}) {
      Tensor x = randn({5, 4, 3}, rng), same = x.clone();
      std::vector<Index> picks;
      for (int i = 0; i < 15; ++i) picks.push_back(rng.below(5) - 1);
      const IndexTensor y = index_tensor(picks, {5, 3});
      const CrossEntropyOptions options = {
          .ignore_index = -1, .label_smoothing = smoothing, .reduction = reduction};
      x.set_requires_grad(true);
      same.set_requires_grad(true);
      const Tensor fused = cross_entropy(x, y, options);
      const Tensor composed = cross_entropy_composed(same, y, options);
      CHECK_TENSOR(fused, composed);
      fused.backward();
      composed.backward();
      CHECK_TENSOR(x.grad(), same.grad());
    }
  }
}
