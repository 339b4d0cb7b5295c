// 01_tensor / views.hpp: new numbers, in row-major order.
//
// clone always copies, contiguous copies only where memory is out of order, copy_ and fill_ write over
// numbers that are there already. All of them read and write through strides.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// 0, 1, 2, ... in row-major order.
Tensor counting(const Shape& shape) {
  Tensor t = zeros(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = static_cast<real>(i);
  return t;
}

/// The numbers as they lie in memory from data() on.
std::vector<real> in_memory(const Tensor& t) {
  return std::vector<real>(t.data(), t.data() + t.numel());
}

}  // namespace

TEST_CASE("clone: puts the elements of a view into row-major memory", "[01.12][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3}).transpose(0, 1);
  CHECK(in_memory(x) == std::vector<real>{1, 2, 3, 4, 5, 6});  // the view moved nothing
  const Tensor c = x.clone();
  CHECK_TENSOR(c, values({1, 4, 2, 5, 3, 6}, {3, 2}));
  CHECK(in_memory(c) == std::vector<real>{1, 4, 2, 5, 3, 6});
  CHECK(c.strides() == Shape{2, 1});
  CHECK(c.offset() == 0);
  // A vector with gaps, too: its only axis has a stride.
  CHECK_TENSOR(tensor({1, 2, 3, 4, 5, 6}).slice(0, 1, 6, 2).clone(), values({2, 4, 6}, {3}));
}

TEST_CASE("clone: has numbers of its own", "[01.12][core]") {
  Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  Tensor c = x.clone();
  CHECK_FALSE(c.shares_storage_with(x));
  c.set({0, 0}, 50);
  x.set({1, 1}, 60);
  CHECK_TENSOR(x, values({1, 2, 3, 60}, {2, 2}));
  CHECK_TENSOR(c, values({50, 2, 3, 4}, {2, 2}));
  Tensor same = x;  // copying the handle is another matter: both names mean one tensor
  same.set({0, 1}, 70);
  CHECK(x.at({0, 1}) == 70);
}

TEST_CASE("clone: scalars and empty tensors and repeated axes", "[01.12][edge]") {
  CHECK_TENSOR(scalar(3).clone(), values({3}, {}));
  CHECK_TENSOR(counting({3, 4}).select(0, 1).select(0, 2).clone(), values({6}, {}));  // 1*4 + 2
  CHECK_TENSOR(zeros({0, 3}).clone(), values({}, {0, 3}));
  CHECK_TENSOR(zeros({3, 0}).clone(), values({}, {3, 0}));
  const Tensor c = tensor({1, 2}, {2, 1}).expand({2, 3}).clone();
  CHECK(in_memory(c) == std::vector<real>{1, 1, 1, 2, 2, 2});
}

TEST_CASE("clone: of any view reads what at reads", "[01.12][property]") {
  Rng rng(112);
  for (int round = 0; round < 60; ++round) {
    Tensor x = counting({2, 3, 4, 5});
    const std::vector<Index> order = rng.permutation(4);
    x = x.permute(Shape(order.begin(), order.end()));
    const Index axis = rng.below(4), start = rng.below(x.size(axis));
    x = x.slice(axis, start, x.size(axis), 1 + rng.below(2));
    if (rng.below(2) == 1) x = x.select(rng.below(4), -1);
    CAPTURE(x.shape(), x.strides(), x.offset());
    const Values expected = read(x);  // by at, one by one
    const Tensor c = x.clone();
    REQUIRE(c.shape() == x.shape());
    for (std::size_t i = 0; i < expected.numbers.size(); ++i) {
      REQUIRE(double(c.storage()->data()[i]) == expected.numbers[i]);
    }
  }
}

TEST_CASE("copy_ and fill_: write through views and broadcast and survive overlap",
          "[01.12][01.11][edge]") {
  Tensor x = zeros({3, 4});
  Tensor inner = x.slice(0, 1, 3).slice(1, 0, 4, 2);  // rows 1 and 2, columns 0 and 2
  inner.copy_(tensor({1, 2}));                        // the row goes to both rows
  CHECK_TENSOR(x, values({0, 0, 0, 0, 1, 0, 2, 0, 1, 0, 2, 0}, {3, 4}));
  x.select(1, 3).fill_(9);
  CHECK_TENSOR(x, values({0, 0, 0, 9, 1, 0, 2, 9, 1, 0, 2, 9}, {3, 4}));
  Tensor square = tensor({1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3});
  square.copy_(square.transpose(0, 1));  // reads what it writes over
  CHECK_TENSOR(square, values({1, 4, 7, 2, 5, 8, 3, 6, 9}, {3, 3}));
  Tensor shifted = arange(5);
  shifted.slice(0, 1, 5).copy_(shifted.slice(0, 0, 4));
  CHECK_TENSOR(shifted, values({0, 0, 1, 2, 3}, {5}));
}

TEST_CASE("clone and contiguous: allocate what they must and not a byte more",
          "[01.12][01.5][systems]") {
  const Tensor x = counting({100, 10});
  const Tensor few = x.slice(0, 0, 2);  // 20 of the 1000
  auto before = memory::stats();
  const Tensor c = few.clone();
  CHECK(memory::stats().allocations - before.allocations == 1u);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == 20 * sizeof(real));

  before = memory::stats();
  const Tensor same = few.contiguous();  // two whole rows: in order already
  CHECK(memory::stats().allocations == before.allocations);
  CHECK(same.shares_storage_with(x));
  const Tensor column = x.slice(1, 3, 4).contiguous();
  CHECK(memory::stats().allocations - before.allocations == 1u);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == 100 * sizeof(real));
  CHECK(column.is_contiguous());
  CHECK(column.at({7, 0}) == 73);

  const std::uint64_t start = memory::stats().live_bytes;
  Tensor row = zeros({1000, 10}).select(0, 0);  // ten numbers keep ten thousand alive
  CHECK(memory::stats().live_bytes - start == 10000 * sizeof(real));
  row = row.clone();
  CHECK(memory::stats().live_bytes - start == 10 * sizeof(real));
}
