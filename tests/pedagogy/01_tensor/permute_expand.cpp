// 01_tensor / views.hpp: axes that change places, and axes that repeat.
//
// permute shuffles shape and strides together; expand gives a repeated axis the stride 0. Neither moves a
// number in memory.
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

/// Is `view` of this shape, and does it show at each index what `before` has at source(index)?
template <class Source>
bool shows(const Tensor& view, const Shape& shape, const Tensor& before, Source source) {
  if (view.shape() != shape) return false;
  for (const Shape& index : all_indices(shape)) {
    if (view.at(index) != before.at(source(index))) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("permute: the transpose of a matrix", "[01.8][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor t = x.transpose(0, 1);
  CHECK_TENSOR(t, values({1, 4, 2, 5, 3, 6}, {3, 2}));
  CHECK(t.strides() == Shape{1, 3});
  CHECK_TENSOR(t.transpose(-1, -2), values({1, 2, 3, 4, 5, 6}, {2, 3}));
}

TEST_CASE("permute: axis i of the result is axis order i of the input", "[01.8][core]") {
  const Tensor p = counting({2, 3, 4}).permute({2, 0, 1});
  CHECK_SHAPE(p, {4, 2, 3});  // the other way round would be [3, 4, 2]
  CHECK(p.strides() == Shape{1, 12, 4});
  CHECK(p.at({3, 1, 2}) == 23);  // the last element of all
  CHECK(p.at({1, 0, 2}) == 9);   // x[0, 2, 1] = 0*12 + 2*4 + 1
  CHECK(p.at({2, 1, 0}) == 14);  // x[1, 0, 2] = 1*12 + 0*4 + 2
}

TEST_CASE("permute: of a view keeps its offset and its strides", "[01.8][edge]") {
  const Tensor x(counting({20}).storage(), {2, 3}, {10, 2}, 5);  // [[5, 7, 9], [15, 17, 19]]
  const Tensor t = x.permute({1, 0});
  CHECK_TENSOR(t, values({5, 15, 7, 17, 9, 19}, {3, 2}));
  CHECK(t.strides() == Shape{2, 10});
  CHECK(scalar(4).permute({}).at({}) == 4);
  CHECK_SHAPE(zeros({2, 0, 3}).permute({1, 2, 0}), {0, 3, 2});
}

TEST_CASE("permute: expects each axis once and counts negative ones from the back",
          "[01.8][errors]") {
  const Tensor x = counting({2, 3, 4});
  CHECK_SHAPE(x.permute({-1, 0, -2}), {4, 2, 3});
  REQUIRE_THROWS_AS((void)x.permute({0, 0, 1}), ShapeError);
  REQUIRE_THROWS_AS((void)x.permute({0, 1}), ShapeError);
  REQUIRE_THROWS_AS((void)x.permute({0, 1, 2, 0}), ShapeError);
  REQUIRE_THROWS_AS((void)x.permute({0, 1, 3}), IndexError);
  REQUIRE_THROWS_AS((void)x.transpose(0, 3), IndexError);
  CHECK_THROWS_WITH((void)x.permute({0, 1}),
                    contains("permute") && contains("3 axes") && contains("got [0, 1]"));
}

TEST_CASE("permute: a transpose of a million numbers moves none of them", "[01.8][systems]") {
  const Tensor x = zeros({1000, 1000});
  const auto before = memory::stats();
  Tensor t = x.transpose(0, 1);
  CHECK(memory::stats().allocated_bytes == before.allocated_bytes);
  CHECK(t.shares_storage_with(x));
  CHECK(t.data() == x.data());
  t.set({3, 998}, 5);
  CHECK(x.at({998, 3}) == 5);
}

TEST_CASE("views: each of a chain shows the right elements of the one before",
          "[01.10][01.9][01.8][property]") {
  Rng rng(18);
  Tensor t;
  for (int step = 0; step < 300; ++step) {
    if (step % 6 == 0) t = counting({3, 4, 2, 3});  // six views of views, then from the beginning
    const Index axis = rng.below(t.dim()), n = t.size(axis);
    const std::size_t a = static_cast<std::size_t>(axis);
    CAPTURE(step, axis, t.shape(), t.strides(), t.offset());
    Shape shape = t.shape();
    Tensor view;
    if (const Index kind = rng.below(3); kind == 0) {
      const std::vector<Index> order = rng.permutation(t.dim());
      for (std::size_t i = 0; i < shape.size(); ++i) shape[i] = t.size(order[i]);
      view = t.permute(Shape(order.begin(), order.end()));
      REQUIRE(shows(view, shape, t, [&](const Shape& index) {
        Shape old(index.size());
        for (std::size_t i = 0; i < old.size(); ++i) old[std::size_t(order[i])] = index[i];
        return old;
      }));
    } else if (kind == 1 || t.dim() == 1) {
      const Index start = rng.below(n), by = 1 + rng.below(3);
      shape[a] = 0;
      for (Index i = start; i < n; i += by) ++shape[a];
      view = t.slice(axis, start, n, by);
      REQUIRE(shows(view, shape, t, [&](Shape index) {
        index[a] = start + by * index[a];
        return index;
      }));
    } else {
      const Index i = rng.below(n);
      shape.erase(a);
      view = t.select(axis, i);
      REQUIRE(shows(view, shape, t, [&](Shape index) {
        index.insert(a, i);
        return index;
      }));
    }
    t = view;
  }
}

TEST_CASE("expand: repeats axes of size 1 and adds axes in front", "[01.11][core]") {
  const Tensor x = tensor({1, 2, 3}, {3, 1}).expand({2, 3, 4});
  CHECK_TENSOR(x, values({1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3},
                         {2, 3, 4}));
  CHECK(x.strides() == Shape{0, 1, 0});
  CHECK_TENSOR(tensor({1, 2}, {1, 2}).expand({3, 2}), values({1, 2, 1, 2, 1, 2}, {3, 2}));
}

TEST_CASE("expand: axes are aligned from the right", "[01.11][edge]") {
  const Tensor rows = tensor({1, 2}).expand({2, 2});
  CHECK_TENSOR(rows, values({1, 2, 1, 2}, {2, 2}));  // and not columns, 1 1 2 2
  CHECK_TENSOR(scalar(7).expand({2, 2}), values({7, 7, 7, 7}, {2, 2}));
  CHECK_SHAPE(tensor({1, 2, 3}).expand({-1}), {3});
  CHECK_SHAPE(zeros({3, 1}).expand({5, -1, 2}), {5, 3, 2});
  CHECK_SHAPE(zeros({1, 3}).expand({0, 3}), {0, 3});
  CHECK_SHAPE(zeros({0}).expand({2, 0}), {2, 0});
}

TEST_CASE("expand: of a view keeps its offset and its strides", "[01.11][edge]") {
  const Tensor column(counting({3, 4}).storage(), {3, 1}, {4, 9}, 2);  // 2, 6, 10
  const Tensor x = column.expand({3, 2});
  CHECK_TENSOR(x, values({2, 2, 6, 6, 10, 10}, {3, 2}));
  CHECK(x.strides() == Shape{4, 0});
  CHECK_TENSOR(x.expand({2, 3, 2}), values({2, 2, 6, 6, 10, 10, 2, 2, 6, 6, 10, 10}, {2, 3, 2}));
}

TEST_CASE("expand: refuses what does not fit and shows both shapes", "[01.11][errors]") {
  REQUIRE_THROWS_AS((void)zeros({3}).expand({4}), ShapeError);
  REQUIRE_THROWS_AS((void)zeros({2, 3}).expand({3}), ShapeError);  // an axis cannot be dropped
  REQUIRE_THROWS_AS((void)zeros({1, 3}).expand({3}), ShapeError);  // not even one of size 1
  REQUIRE_THROWS_AS((void)zeros({3}).expand({1}), ShapeError);     // nor can it shrink
  REQUIRE_THROWS_AS((void)zeros({0}).expand({3}), ShapeError);
  REQUIRE_THROWS_AS((void)zeros({3}).expand({3, 2}), ShapeError);  // from the right: 3 against 2
  CHECK_THROWS_WITH((void)zeros({2, 3}).expand({2, 6}), contains("[2, 3]") && contains("[2, 6]"));
}

TEST_CASE("expand: a thousand numbers seen as a million cost nothing", "[01.11][systems]") {
  Tensor row = zeros({1000});
  const auto before = memory::stats();
  Tensor x = row.expand({1000, 1000});
  CHECK(memory::stats().allocated_bytes == before.allocated_bytes);
  CHECK(x.shares_storage_with(row));
  CHECK(x.numel() == 1000000);
  row.set({17}, 5);
  CHECK(x.at({0, 17}) == 5);
  CHECK(x.at({999, 17}) == 5);
  REQUIRE_THROWS_AS(x.set({0, 0}, 1), Error);  // one number stands behind 1000 elements
  CHECK_THROWS_WITH(x.fill_(1), contains("clone()"));
}
