// 01_tensor / handle.hpp: reading one number of a tensor, and knowing whether memory is in order.
//
// The tensors here are put together by hand from a storage, a shape, strides and an offset, so that no
// view has to be written before.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A way to look at `numbers`.
Tensor looking_at(const std::vector<real>& numbers, const Shape& shape, const Shape& strides,
                  Index offset) {
  auto storage = std::make_shared<Storage>(static_cast<Index>(numbers.size()));
  std::copy(numbers.begin(), numbers.end(), storage->data());
  return Tensor(storage, shape, strides, offset);
}

/// A tensor of which only the strides matter.
bool contiguous(const Shape& shape, const Shape& strides, Index offset = 0) {
  return looking_at({0}, shape, strides, offset).is_contiguous();
}

/// The slow answer: read in order, are the elements neighbours in memory?
bool lies_in_order(const Shape& shape, const Shape& strides) {
  Index expected = 0;
  for (const Shape& index : all_indices(shape)) {
    Index position = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) position += index[axis] * strides[axis];
    if (position != expected++) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("is_contiguous: row-major strides and no others", "[01.5][core]") {
  CHECK(contiguous({2, 3}, {3, 1}));
  CHECK_FALSE(contiguous({3, 2}, {1, 3}));  // transposed
  CHECK_FALSE(contiguous({2, 3}, {6, 1}));  // the left half of [2, 6]: a gap after each row
  CHECK_FALSE(contiguous({2, 3}, {6, 2}));  // every other column
  CHECK(contiguous({4, 2, 3}, {6, 3, 1}));
  CHECK_FALSE(contiguous({4, 2, 3}, {12, 3, 1}));  // only the first axis is wrong
  CHECK_FALSE(contiguous({4, 2, 3}, {6, 1, 2}));   // only the last two are
  CHECK_FALSE(contiguous({5}, {2}));
  CHECK_FALSE(contiguous({5}, {0}));  // one number shown five times
}

TEST_CASE("is_contiguous: the stride of a size-1 axis does not matter", "[01.5][edge]") {
  CHECK(contiguous({3, 1}, {1, 7}));
  CHECK(contiguous({1, 3}, {99, 1}));
  CHECK(contiguous({1, 1, 1}, {5, 0, 9}));
  CHECK(contiguous({2, 1, 3}, {3, 0, 1}));
  CHECK_FALSE(contiguous({1, 3}, {3, 2}));
  CHECK_FALSE(contiguous({2, 1, 3}, {6, 3, 1}));
}

TEST_CASE("is_contiguous: empty tensors and scalars and any offset", "[01.5][edge]") {
  CHECK(contiguous({0}, {5}));
  CHECK(contiguous({3, 0, 2}, {1, 7, 4}));  // there is nothing out of order
  CHECK(contiguous({}, {}));
  CHECK(contiguous({2, 3}, {3, 1}, 6));  // a row further down: in order all the same
  CHECK_FALSE(contiguous({3, 2}, {1, 3}, 6));
}

TEST_CASE("is_contiguous: agrees with looking at every element", "[01.5][property]") {
  Rng rng(15);
  int yes = 0, no = 0;
  for (int round = 0; round < 200; ++round) {
    Shape shape(static_cast<std::size_t>(1 + rng.below(4)));
    for (Index& size : shape) size = 1 + rng.below(3);
    Shape strides(shape.size(), 1);  // row-major, then spoilt in half of the rounds
    for (std::size_t i = shape.size() - 1; i-- > 0;) strides[i] = strides[i + 1] * shape[i + 1];
    if (rng.below(2) == 1) strides[std::size_t(rng.below(Index(shape.size())))] = rng.below(7);
    CAPTURE(shape, strides);
    const bool expected = lies_in_order(shape, strides);
    REQUIRE(contiguous(shape, strides) == expected);
    ++(expected ? yes : no);
  }
  CHECK(yes > 20);  // both answers were asked for
  CHECK(no > 20);
}

TEST_CASE("item: is the number of a tensor that has one", "[01.6][core]") {
  CHECK(scalar(5).item() == 5);
  CHECK(tensor({-2.5f}, {1}).item() == -2.5f);
  CHECK(tensor({7}, {1, 1, 1}).item() == 7);
}

TEST_CASE("item: a view may begin anywhere in its storage", "[01.6][edge]") {
  CHECK(looking_at({10, 11, 12, 13}, {}, {}, 2).item() == 12);
  CHECK(looking_at({10, 11, 12, 13}, {1, 1}, {9, 9}, 3).item() == 13);
}

TEST_CASE("item: refuses every other count and shows the shape", "[01.6][errors]") {
  REQUIRE_THROWS_AS((void)zeros({2}).item(), ShapeError);
  CHECK_THROWS_WITH((void)zeros({2}).item(), contains("item") && contains("[2]"));
  CHECK_THROWS_WITH((void)zeros({1, 3}).item(), contains("[1, 3]"));
  REQUIRE_THROWS_AS((void)zeros({1, 0}).item(), ShapeError);  // no number at all
}

TEST_CASE("at: finds each element by its full index", "[01.7][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(x.at({0, 0}) == 1);
  CHECK(x.at({0, 2}) == 3);
  CHECK(x.at({1, 0}) == 4);
  CHECK(x.at({1, 2}) == 6);
  CHECK(scalar(8).at({}) == 8);
}

TEST_CASE("at: negative indices count from the back of their axis", "[01.7][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(x.at({1, -1}) == 6);
  CHECK(x.at({-1, 0}) == 4);
  CHECK(x.at({-2, -3}) == 1);
  CHECK(x.at({0, -2}) == 2);
}

TEST_CASE("at: reads and set writes with the strides and offset of a view", "[01.7][01.3][edge]") {
  // The middle four numbers of 0 .. 7, as the 2 x 2 matrix [[2, 4], [3, 5]]: a transposed view.
  Tensor x = looking_at({0, 1, 2, 3, 4, 5, 6, 7}, {2, 2}, {1, 2}, 2);
  CHECK_TENSOR(x, values({2, 4, 3, 5}, {2, 2}));
  x.set({1, -2}, 30);
  CHECK_TENSOR(x, values({2, 4, 30, 5}, {2, 2}));
  CHECK(x.storage()->data()[3] == 30);
  CHECK(x.storage()->data()[1] == 1);
}

TEST_CASE("at: expects one index an axis", "[01.7][errors]") {
  const Tensor x = zeros({2, 3});
  REQUIRE_THROWS_AS((void)x.at({1}), IndexError);
  REQUIRE_THROWS_AS((void)x.at({1, 2, 0}), IndexError);
  REQUIRE_THROWS_AS((void)x.at({}), IndexError);
  REQUIRE_THROWS_AS((void)scalar(1).at({0}), IndexError);
  CHECK_THROWS_WITH((void)x.at({1}),
                    contains("2 indices") && contains("[2, 3]") && contains("got [1]"));
}

TEST_CASE("at: an index out of its range is an error even where memory goes on", "[01.7][errors]") {
  Tensor x = zeros({2, 3});
  REQUIRE_THROWS_AS((void)x.at({2, 0}), IndexError);
  REQUIRE_THROWS_AS((void)x.at({0, 3}), IndexError);   // position 3 exists, but is not in row 0
  REQUIRE_THROWS_AS((void)x.at({1, -4}), IndexError);  // so does position 2
  REQUIRE_THROWS_AS((void)x.at({-3, 0}), IndexError);
  REQUIRE_THROWS_AS(x.set({0, 3}, 1), IndexError);
  REQUIRE_THROWS_AS((void)zeros({0, 3}).at({0, 0}), IndexError);
  CHECK_THROWS_WITH((void)x.at({5, 0}),
                    contains("[-2, 1]") && contains("[2, 3]") && contains("got 5"));
  CHECK_THROWS_WITH((void)x.at({0, -4}),
                    contains("index 1") && contains("[-3, 2]") && contains("got -4"));
}
