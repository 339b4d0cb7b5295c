// 06_losses: bytes and operations of cross_entropy, fused against composed.
#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr Index rows = 64, classes = 500;

/// Bytes that stay allocated between forward and backward.
template <class Loss>
Index kept(Loss loss) {
  Rng rng(1);
  Tensor x = randn({rows, classes}, rng);
  x.set_requires_grad(true);
  std::vector<Index> numbers;
  for (Index i = 0; i < rows; ++i) numbers.push_back(i * 7 % classes);
  const IndexTensor labels = index_tensor(numbers, {rows});
  const auto before = memory::stats().live_bytes;
  const Tensor y = loss(x, labels);
  return static_cast<Index>(memory::stats().live_bytes - before);
}

}  // namespace

TEST_CASE("cross_entropy: the fused one keeps nothing of the size of the scores",
          "[06.11][systems]") {
  const Index fused =
      kept([](const Tensor& x, const IndexTensor& labels) { return cross_entropy(x, labels); });
  const Index composed = kept(
      [](const Tensor& x, const IndexTensor& labels) { return cross_entropy_composed(x, labels); });
  const Index scores = rows * classes * static_cast<Index>(sizeof(real));
  CHECK(fused <= 2 * rows * static_cast<Index>(sizeof(real)));
  CHECK(composed >= scores);
}

TEST_CASE("logsumexp: makes one number a line and copies no contiguous scores", "[06.5][systems]") {
  const Tensor x = zeros({rows, classes});
  const auto before = memory::stats().allocated_bytes;
  const Tensor y = logsumexp(x, 1);
  CHECK(y.numel() == rows);
  CHECK(static_cast<Index>(memory::stats().allocated_bytes - before) ==
        rows * static_cast<Index>(sizeof(real)));
}

TEST_CASE("cross_entropy: operations are counted by formula", "[06.11][systems]") {
  FlopCounter counter;
  (void)cross_entropy(zeros({rows, classes}), index_tensor(std::vector<Index>(rows, 3), {rows}),
                      {.reduction = Reduction::none});
  CHECK(counter.total() == 3 * rows * classes + 2 * rows);
}
