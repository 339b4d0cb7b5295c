// What convolutions and pools cost: operations, bytes that are kept, bytes at the peak. All counted.
#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

std::uint64_t bytes(Index numbers) { return static_cast<std::uint64_t>(numbers) * sizeof(real); }

/// Bytes above what was live before, at the highest point of one conv2d.
std::uint64_t peak_of_conv2d(const Tensor& x, const Tensor& w) {
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  const Tensor y = conv2d(x, w, Tensor(), {.padding = 1});
  return memory::stats().peak_bytes - before;
}

}  // namespace

TEST_CASE("costs: operations of a convolution", "[09.7][systems]") {
  FlopCounter counter;
  (void)conv2d(zeros({2, 3, 8, 8}), zeros({4, 3, 3, 3}), Tensor(), {.padding = 1});
  // 2 * 4 * 8 * 8 results of 3 * 3 * 3 terms, a multiplication and an addition each.
  CHECK(counter.of("conv2d") == 2 * 512 * 27);
  CHECK(counter.calls("conv2d") == 1);
  CHECK(counter.calls("matmul") == 0);  // inside conv2d, told once
}

TEST_CASE("costs: groups divide the work", "[09.7][systems]") {
  FlopCounter counter;
  (void)conv2d(zeros({1, 8, 6, 6}), zeros({8, 2, 3, 5}), Tensor(), {.groups = 4});
  CHECK(counter.of("conv2d") == 2 * (8 * 4 * 2) * (2 * 3 * 5));
}

TEST_CASE("costs: backward is two products of the forward's size", "[09.9][systems]") {
  Tensor x = ones({2, 3, 5, 5}), w = ones({4, 3, 3, 3});
  w.set_requires_grad(true);
  const Index forward = 2 * (2 * 4 * 9) * 27;
  for (const bool data_too : {false, true}) {
    x.set_requires_grad(data_too);
    const Tensor loss = sum(conv2d(x, w));
    FlopCounter counter;
    loss.backward();
    CHECK(counter.of("matmul") == (data_too ? 2 : 1) * forward);
    CHECK(counter.calls("fold") == (data_too ? 2 : 0));  // once an image
    CHECK(counter.calls("unfold") == 2);
  }
}

TEST_CASE("costs: a kernel that is fixed gets no gradient", "[09.9][systems]") {
  Tensor x = ones({1, 1, 4, 4});
  x.set_requires_grad(true);
  const Tensor loss = sum(conv2d(x, ones({1, 1, 2, 2})));
  FlopCounter counter;
  loss.backward();
  CHECK(counter.calls("unfold") == 0);
  CHECK_TENSOR(x.grad(), values({1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1}, {1, 1, 4, 4}));
}

TEST_CASE("costs: columns are not kept for backward", "[09.8][systems]") {
  Tensor x = ones({4, 3, 8, 8}), w = ones({5, 3, 3, 3});
  x.set_requires_grad(true);
  w.set_requires_grad(true);
  const auto before = memory::stats().live_bytes;
  const Tensor y = conv2d(x, w);
  CHECK(memory::stats().live_bytes - before == bytes(4 * 5 * 36));  // the result and nothing else
}

TEST_CASE("costs: one image has columns at a time", "[09.8][systems]") {
  const Tensor w = ones({5, 3, 3, 3});
  const auto one = peak_of_conv2d(ones({1, 3, 8, 8}), w);
  const auto eight = peak_of_conv2d(ones({8, 3, 8, 8}), w);
  CHECK(eight - one == bytes(7 * 5 * 64));  // seven results more; the columns are the same
  CHECK(one >= bytes(27 * 64));
}

TEST_CASE("costs: unfold writes kernel times kernel numbers for each pixel", "[09.4][systems]") {
  const auto before = memory::stats().allocated_bytes;
  const Tensor columns = unfold(ones({1, 2, 10, 10}), {5, 5}, {.padding = 2});
  CHECK(memory::stats().allocated_bytes - before == bytes(2 * 100 + 25 * 2 * 100));
}

TEST_CASE("costs: max pool keeps positions and no numbers", "[09.10][systems]") {
  Tensor x = ones({2, 3, 8, 8});
  x.set_requires_grad(true);
  const auto before = memory::stats().live_bytes;
  const Tensor y = max_pool2d(x, 2);
  CHECK(memory::stats().live_bytes - before == bytes(2 * 3 * 16));
}

TEST_CASE("costs: average pool lets its columns go", "[09.12][systems]") {
  Tensor x = ones({2, 3, 8, 8});
  x.set_requires_grad(true);
  const auto before = memory::stats().live_bytes;
  const Tensor y = avg_pool2d(x, 2);
  // The result, the sums before the division and its divisor; the columns were four times as large.
  CHECK(memory::stats().live_bytes - before <= bytes(2 * (2 * 3 * 16) + 1));
}
