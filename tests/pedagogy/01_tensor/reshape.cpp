// 01_tensor / views.hpp: another shape for the same elements.
//
// view_strides decides whether memory can be looked at in the new shape; view insists on it, reshape copies
// where it cannot be. squeeze, unsqueeze and flatten stand on these two.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// "[6, 1]", or "nothing".
std::string strides_for(const Shape& from, const Shape& strides, const Shape& shape) {
  const std::optional<Shape> found = view_strides(from, strides, shape);
  return found ? to_string(*found) : "nothing";
}

/// Where the elements of a shape lie, in row-major order.
std::vector<Index> positions(const Shape& shape, const Shape& strides) {
  std::vector<Index> found;
  for (const Shape& index : all_indices(shape)) {
    Index position = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) position += index[axis] * strides[axis];
    found.push_back(position);
  }
  return found;
}

/// The slow answer: the only strides that could do, read off the first step along each axis, then tried out.
bool can_be_viewed(const std::vector<Index>& wanted, const Shape& shape) {
  Shape strides(shape.size(), 0);
  Index step = 1;  // how many elements, in row-major order, until axis i grows by one
  for (std::size_t i = shape.size(); i-- > 0; step *= shape[i]) {
    if (shape[i] > 1) strides[i] = wanted[static_cast<std::size_t>(step)] - wanted[0];
  }
  return positions(shape, strides) == wanted;
}

}  // namespace

TEST_CASE("view_strides: memory in order takes any shape", "[01.13][core]") {
  CHECK(strides_for({4, 3}, {3, 1}, {2, 6}) == "[6, 1]");
  CHECK(strides_for({4, 3}, {3, 1}, {12}) == "[1]");
  CHECK(strides_for({12}, {1}, {3, 4}) == "[4, 1]");
  CHECK(strides_for({2, 3, 4}, {12, 4, 1}, {4, 3, 2}) == "[6, 2, 1]");
}

TEST_CASE("view_strides: a transposed matrix cannot be flattened", "[01.13][core]") {
  CHECK(strides_for({3, 4}, {1, 3}, {12}) == "nothing");
  CHECK(strides_for({3, 4}, {1, 3}, {4, 3}) == "nothing");
  CHECK(strides_for({3, 4}, {1, 3}, {3, 2, 2}) == "[1, 6, 3]");  // but each axis can be split
  CHECK(strides_for({4, 3}, {1, 4}, {2, 2, 3}) == "[2, 1, 4]");
}

TEST_CASE("view_strides: a block ends where memory has a gap", "[01.13][core]") {
  CHECK(strides_for({2, 3, 4}, {24, 8, 2}, {6, 4}) == "[8, 2]");  // all gaps are equal
  CHECK(strides_for({2, 3, 4}, {24, 8, 2}, {24}) == "[2]");
  CHECK(strides_for({3, 4}, {8, 1}, {12}) == "nothing");  // the left half of [3, 8]
  CHECK(strides_for({3, 4}, {8, 1}, {3, 2, 2}) == "[8, 2, 1]");
  CHECK(strides_for({3, 4}, {8, 1}, {6, 2}) == "nothing");  // 6 would reach across the gap
  CHECK(strides_for({2, 3, 4}, {24, 4, 1}, {2, 12}) == "[24, 1]");
  CHECK(strides_for({2, 3, 4}, {24, 4, 1}, {6, 4}) == "nothing");
}

TEST_CASE("view_strides: blocks side by side are split each for itself", "[01.13][core]") {
  // [2, 3, 4] permuted to [2, 4, 3]: three blocks.
  CHECK(strides_for({2, 4, 3}, {12, 1, 4}, {2, 2, 2, 3}) == "[12, 2, 1, 4]");
  CHECK(strides_for({2, 4, 3}, {12, 1, 4}, {8, 3}) == "nothing");
  CHECK(strides_for({2, 4, 3}, {12, 1, 4}, {2, 12}) == "nothing");
  CHECK(strides_for({2, 4, 3}, {12, 1, 4}, {4, 2, 3}) == "nothing");
}

TEST_CASE("view_strides: axes of size 1 fit anywhere", "[01.13][edge]") {
  CHECK(strides_for({2, 1, 3}, {3, 77, 1}, {6}) == "[1]");
  CHECK(strides_for({1, 4}, {99, 2}, {2, 2}) == "[4, 2]");
  CHECK(strides_for({4, 1}, {2, 50}, {4}) == "[2]");
  const std::optional<Shape> found = view_strides({6}, {5}, {1, 2, 1, 3, 1});
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 5);
  CHECK((*found)[1] == 15);  // what the axes of size 1 have is nobody's business
  CHECK((*found)[3] == 5);
  CHECK(view_strides({1, 1}, {7, 7}, {}).has_value());
  REQUIRE(view_strides({}, {}, {1, 1}).has_value());
  CHECK(view_strides({}, {}, {1, 1})->size() == 2);
}

TEST_CASE("view_strides: repeated axes and empty tensors", "[01.13][edge]") {
  CHECK(strides_for({2, 3}, {0, 0}, {6}) == "[0]");      // one number six times
  CHECK(strides_for({2, 3}, {0, 1}, {6}) == "nothing");  // 0 1 2 0 1 2 has no single step
  CHECK(strides_for({3, 2}, {1, 0}, {6}) == "nothing");
  CHECK(strides_for({4, 3}, {0, 1}, {2, 2, 3}) == "[0, 0, 1]");
  REQUIRE(view_strides({0, 3}, {1, 7}, {5, 0, 2}).has_value());
  CHECK(view_strides({0, 3}, {1, 7}, {5, 0, 2})->size() == 3);
}

TEST_CASE("view_strides: finds strides exactly where there are some", "[01.13][property]") {
  Rng rng(113);
  int yes = 0, no = 0;
  for (int round = 0; round < 600; ++round) {
    Shape from(static_cast<std::size_t>(1 + rng.below(4)));
    Shape to(static_cast<std::size_t>(1 + rng.below(4)), 1);
    for (Index& size : from) {
      size = 1 + rng.below(4);
      const Shape factors = size == 4 ? Shape{2, 2} : Shape{size};
      for (const Index factor : factors) {  // dealt out to the new axes
        to[std::size_t(rng.below(Index(to.size())))] *= factor;
      }
    }
    // Strides of a view: the axes in some order, with a gap or a repetition here and there.
    std::vector<Index> order = rng.permutation(static_cast<Index>(from.size()));
    if (rng.below(2) == 1) std::sort(order.rbegin(), order.rend());
    Shape strides(from.size());
    Index step = 1 + rng.below(2);
    for (const Index axis : order) {
      const std::size_t at = static_cast<std::size_t>(axis);
      strides[at] = rng.below(12) == 0 ? 0 : step;
      step *= from[at] * (rng.below(4) == 0 ? 2 : 1);
    }
    CAPTURE(from, strides, to);
    const std::vector<Index> wanted = positions(from, strides);
    const std::optional<Shape> found = view_strides(from, strides, to);
    const bool expected = can_be_viewed(wanted, to);
    REQUIRE(found.has_value() == expected);
    if (found) REQUIRE(positions(to, *found) == wanted);
    ++(expected ? yes : no);
  }
  CHECK(yes > 100);  // both answers were asked for
  CHECK(no > 100);
}

TEST_CASE("view: refuses to copy and says what would", "[01.13][errors]") {
  const Tensor x = arange(12).view({3, 4});
  CHECK(x.slice(1, 0, 2).view({3, 2, 1}).shares_storage_with(x));
  REQUIRE_THROWS_AS((void)x.transpose(0, 1).view({12}), ShapeError);
  CHECK_THROWS_WITH((void)x.transpose(0, 1).view({12}),
                    contains("strides [1, 4]") && contains("reshape"));
  REQUIRE_THROWS_AS((void)x.view({5, 2}), ShapeError);
}

TEST_CASE("squeeze and unsqueeze: an axis of size 1 goes and comes without a copy",
          "[01.13][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3}).transpose(0, 1);
  const Tensor wide = x.unsqueeze(1);
  CHECK_TENSOR(wide, values({1, 4, 2, 5, 3, 6}, {3, 1, 2}));
  CHECK(wide.shares_storage_with(x));
  CHECK_TENSOR(wide.squeeze(-2), values({1, 4, 2, 5, 3, 6}, {3, 2}));
  CHECK_SHAPE(x.unsqueeze(-1), {3, 2, 1});
  CHECK_SHAPE(x.unsqueeze(0), {1, 3, 2});
  CHECK_SHAPE(wide.squeeze(0), {3, 1, 2});  // size 3: there is nothing to take out
  CHECK_SHAPE(scalar(1).unsqueeze(0), {1});
  REQUIRE_THROWS_AS((void)x.unsqueeze(3), IndexError);
}

TEST_CASE("reshape: keeps the elements in the order in which they are read", "[01.14][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(x.reshape({3, 2}), values({1, 2, 3, 4, 5, 6}, {3, 2}));
  CHECK_TENSOR(x.reshape({-1, 2}), values({1, 2, 3, 4, 5, 6}, {3, 2}));
  CHECK_TENSOR(x.transpose(0, 1).reshape({6}), values({1, 4, 2, 5, 3, 6}, {6}));
  CHECK_TENSOR(x.slice(1, 1, 3).flatten(), values({2, 3, 5, 6}, {4}));
}

TEST_CASE("reshape: scalars and empty tensors", "[01.14][edge]") {
  CHECK_TENSOR(scalar(7).reshape({1, 1}), values({7}, {1, 1}));
  CHECK_TENSOR(tensor({7}, {1, 1}).reshape({}), values({7}, {}));
  CHECK_TENSOR(scalar(7).flatten(), values({7}, {1}));
  CHECK_SHAPE(zeros({0, 3}).reshape({2, 0, 5}), {2, 0, 5});
  CHECK_SHAPE(zeros({2, 0}).reshape({-1, 4}), {0, 4});
  CHECK_SHAPE(zeros({2, 3, 0}).flatten(1), {2, 0});
}

TEST_CASE("reshape: the count must agree and one size may be left open", "[01.14][errors]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(x.reshape({1, -1, 2}), values({1, 2, 3, 4, 5, 6}, {1, 3, 2}));
  REQUIRE_THROWS_AS((void)x.reshape({4, 2}), ShapeError);
  REQUIRE_THROWS_AS((void)x.reshape({-1, 4}), ShapeError);
  REQUIRE_THROWS_AS((void)x.reshape({-1, -1}), ShapeError);
  REQUIRE_THROWS_AS((void)x.reshape({-2, -3}), ShapeError);
  REQUIRE_THROWS_AS((void)zeros({0}).reshape({0, -1}), ShapeError);  // any size would do: which?
  CHECK_THROWS_WITH((void)x.reshape({4, 2}),
                    contains("6 elements") && contains("[4, 2]") && contains("8"));
}

TEST_CASE("reshape: shares storage wherever strides allow and else copies once",
          "[01.14][01.13][systems]") {
  const Tensor x = arange(48).reshape({2, 3, 8});
  const Tensor even = x.slice(2, 0, 8, 2);  // [2, 3, 4] with strides [24, 8, 2]: not contiguous
  const Tensor t = x.select(0, 0).transpose(0, 1);
  auto before = memory::stats();
  CHECK(x.reshape({6, -1}).shares_storage_with(x));
  CHECK(even.reshape({6, 4}).shares_storage_with(x));
  CHECK(t.reshape({2, 4, 3}).shares_storage_with(x));
  CHECK(memory::stats().allocations == before.allocations);
  before = memory::stats();
  CHECK_FALSE(t.reshape({24}).shares_storage_with(x));
  CHECK(memory::stats().allocations - before.allocations == 1u);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == 24 * sizeof(real));
}
