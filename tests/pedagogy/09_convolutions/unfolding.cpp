// Windows as columns, and columns added back to images.
#include <array>
#include <vector>

#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The numbers 1 .. 9 as one image of 3 x 3.
Tensor nine() { return arange(1, 10).reshape({1, 1, 3, 3}); }

/// sum of a * b, element by element in double.
double dot(const Tensor& a, const Tensor& b) {
  const Values x = read(a), y = read(b);
  double total = 0;
  for (std::size_t i = 0; i < x.numbers.size(); ++i) total += x.numbers[i] * y.numbers[i];
  return total;
}

struct Setting {
  Shape image;
  Size2d kernel;
  UnfoldOptions options;
};

/// What unfold must give, pixel by pixel with a test for the border at each.
Tensor unfold_slowly(const Tensor& x, const Setting& s) {
  const UnfoldOptions& o = s.options;
  const auto places = [&](Index in, Index k) {
    return (in + 2 * o.padding - o.dilation * (k - 1) - 1) / o.stride + 1;
  };
  const Index height = places(x.size(2), s.kernel.height),
              width = places(x.size(3), s.kernel.width);
  const Index taps = s.kernel.height * s.kernel.width;
  Tensor out = zeros({x.size(0), x.size(1) * taps, height * width});
  for (const Shape& i : all_indices(out.shape())) {
    const Index channel = i[1] / taps, tap = i[1] % taps;
    const Index row = i[2] / width * o.stride + tap / s.kernel.width * o.dilation - o.padding;
    const Index column = i[2] % width * o.stride + tap % s.kernel.width * o.dilation - o.padding;
    const bool inside = row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3);
    if (inside) out.set(i, x.at({i[0], channel, row, column}));
  }
  return out;
}

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all = {
      {{2, 3, 4, 5}, {3, 2}, {}},
      {{1, 2, 5, 4}, {3, 3}, {.padding = 1}},
      {{2, 1, 7, 6}, {2, 3}, {.stride = 2, .padding = 1}},
      {{1, 2, 6, 7}, {3, 2}, {.stride = 3, .padding = 2, .dilation = 2}},
      {{1, 1, 3, 3}, {5, 5}, {.padding = 3}},
      {{1, 1, 2, 2}, {1, 1}, {.stride = 2, .padding = 2}},
  };
  return all;
}

}  // namespace

TEST_CASE("unfold: four windows of a 3 by 3 image are four columns", "[09.4][09.3][core]") {
  const Tensor columns = unfold(nine(), {2, 2});
  CHECK_TENSOR(columns, values({1, 2, 4, 5,  // upper left of each window
                                2, 3, 5, 6,  // upper right
                                4, 5, 7, 8,  // lower left
                                5, 6, 8, 9},
                               {1, 4, 4}));  // lower right
}

TEST_CASE("runs: where a tap of each output row is found", "[09.3][core]") {
  const Windows windows({1, 1, 3, 3}, {2, 2}, {}, "test");
  std::vector<std::array<Index, 3>> runs;
  windows.for_each_run([&](Index pixel, Index entry, Index count) {
    runs.push_back({pixel, entry, count});
  });
  // For each tap two runs of two: its pixels in the first and in the second output row.
  const std::vector<std::array<Index, 3>> expected = {
      {0, 0, 2}, {3, 2, 2}, {1, 4, 2}, {4, 6, 2}, {3, 8, 2}, {6, 10, 2}, {4, 12, 2}, {7, 14, 2}};
  CHECK(runs == expected);
}

TEST_CASE("runs: what lies in the padding is in none", "[09.3][edge]") {
  const Windows windows({2, 3, 2, 2}, {3, 3}, {.padding = 1}, "test");
  Index numbers = 0;
  windows.for_each_run([&](Index pixel, Index entry, Index count) {
    CHECK((pixel >= 0 && pixel + count <= 24));
    CHECK((entry >= 0 && entry + count <= 2 * 27 * 4));
    numbers += count;
  });
  CHECK(numbers == 2 * 3 * 16);  // each of the four pixels is seen by all four windows
}

TEST_CASE("unfold: the padding is zeros", "[09.4][09.3][edge]") {
  const Tensor columns = unfold(tensor({1, 2, 3, 4}, {1, 1, 2, 2}), {3, 3}, {.padding = 1});
  CHECK_TENSOR(columns, values({0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 2, 0,   // taps of the upper row
                                0, 1, 0, 3, 1, 2, 3, 4, 2, 0, 4, 0,   // of the middle one
                                0, 3, 0, 0, 3, 4, 0, 0, 4, 0, 0, 0},  // of the lower one
                               {1, 9, 4}));
}

TEST_CASE("unfold: channels stand below each other and images apart", "[09.4][09.3][core]") {
  // One place only, so a column is a whole image in the order of memory.
  const Tensor x = arange(16).reshape({2, 2, 2, 2});
  CHECK_TENSOR(unfold(x, {2, 2}),
               values({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {2, 8, 1}));
}

TEST_CASE("unfold: stride and dilation", "[09.4][09.3][core]") {
  const Tensor x = arange(20).reshape({1, 1, 4, 5});
  // Two taps two apart cover three of five columns; the places are rows 0 and 2, columns 0 and 2.
  CHECK_TENSOR(unfold(x, {1, 2}, {.stride = 2, .dilation = 2}),
               values({0, 2, 10, 12, 2, 4, 12, 14}, {1, 2, 4}));
}

TEST_CASE("unfold: reads views in their own order", "[09.4][edge]") {
  const Tensor x = nine().transpose(2, 3);  // columns of nine() as rows
  CHECK_TENSOR(unfold(x, {1, 3}), values({1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 3, 3}));
  const Tensor part = arange(32).reshape({2, 1, 4, 4}).slice(0, 1, 2).slice(3, 1, 4, 2);
  CHECK_TENSOR(unfold(part, {4, 1}), values({17, 19, 21, 23, 25, 27, 29, 31}, {1, 4, 2}));
}

TEST_CASE("unfold: agrees with asking pixel by pixel", "[09.4][09.3][property]") {
  Rng rng(91);
  for (const Setting& s : settings()) {
    const Tensor x = randn(s.image, rng);
    CHECK_TENSOR(unfold(x, s.kernel, s.options), unfold_slowly(x, s));
  }
}

TEST_CASE("unfold: no image at all has no columns", "[09.4][edge]") {
  CHECK_SHAPE(unfold(zeros({0, 2, 3, 3}), {2, 2}), {0, 8, 4});
  CHECK_SHAPE(fold(zeros({0, 8, 4}), {3, 3}, {2, 2}), {0, 2, 3, 3});
}

TEST_CASE("fold: a pixel gets the sum of all that windows saw of it", "[09.5][core]") {
  CHECK_TENSOR(fold(ones({1, 4, 4}), {3, 3}, {2, 2}),
               values({1, 2, 1, 2, 4, 2, 1, 2, 1}, {1, 1, 3, 3}));
  // Tap 3, the lower right one, carries 10, 20, 30, 40; the other taps nothing.
  Tensor columns = zeros({1, 4, 4});
  columns.select(1, 3).copy_(tensor({10, 20, 30, 40}));
  CHECK_TENSOR(fold(columns, {3, 3}, {2, 2}),
               values({0, 0, 0, 0, 10, 20, 0, 30, 40}, {1, 1, 3, 3}));
}

TEST_CASE("unfold: a pixel gets the gradients of all its copies", "[09.6][core]") {
  Tensor x = nine();
  x.set_requires_grad(true);
  // Windows 0 .. 3 send 1, 10, 100, 1000 to each of their four pixels; the middle one is in all.
  const Tensor g = tensor({1, 10, 100, 1000}).expand({1, 4, 4});
  unfold(x, {2, 2}).backward(g);
  CHECK_TENSOR(x.grad(), values({1, 11, 10, 101, 1111, 1010, 100, 1100, 1000}, {1, 1, 3, 3}));
}

TEST_CASE("fold: hands every entry the gradient of its pixel", "[09.4][core]") {
  Tensor columns = zeros({1, 4, 4});
  columns.set_requires_grad(true);
  fold(columns, {3, 3}, {2, 2}).backward(nine());
  CHECK_TENSOR(columns.grad(), values({1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9}, {1, 4, 4}));
}

TEST_CASE("fold: what fell on the padding is dropped", "[09.5][edge]") {
  // A 1x1 image in a 3x3 kernel, padding 1: only the middle tap is inside.
  const Tensor columns = arange(1, 10).reshape({1, 9, 1});
  CHECK_TENSOR(fold(columns, {1, 1}, {3, 3}, {.padding = 1}), values({5}, {1, 1, 1, 1}));
}

TEST_CASE("fold: undoes unfold where windows do not overlap", "[09.5][09.4][property]") {
  Rng rng(92);
  const Tensor x = randn({2, 3, 4, 6}, rng);
  const UnfoldOptions apart = {.stride = 2};
  CHECK_TENSOR(fold(unfold(x, {2, 2}, apart), {4, 6}, {2, 2}, apart), x);
}

TEST_CASE("fold: is the transpose of unfold", "[09.5][09.4][property]") {
  // For every x and c: <unfold(x), c> = <x, fold(c)>. That is what a gradient must be.
  Rng rng(93);
  for (const Setting& s : settings()) {
    const Tensor x = randn(s.image, rng);
    const Tensor columns = unfold(x, s.kernel, s.options);
    const Tensor c = randn(columns.shape(), rng);
    const double there = dot(columns, c);
    const double back = dot(x, fold(c, {s.image[2], s.image[3]}, s.kernel, s.options));
    INFO("image " << s.image);
    CHECK(std::abs(there - back) < 1e-4);
  }
}

TEST_CASE("unfold and fold: say which shapes they expect", "[09.4][09.5][errors]") {
  CHECK_SHAPE(unfold(nine(), {3, 3}), {1, 9, 1});
  CHECK_THROWS_WITH(unfold(zeros({3, 3}), {2, 2}),
                    contains("unfold: expects images [N, C, H, W], got [3, 3]"));
  CHECK_THROWS_WITH(unfold(nine(), {4, 2}),
                    contains("unfold: expects at least 4 numbers along each axis, got 3"));
  CHECK_SHAPE(fold(zeros({1, 4, 4}), {3, 3}, {2, 2}), {1, 1, 3, 3});
  CHECK_THROWS_WITH(fold(zeros({1, 4, 5}), {3, 3}, {2, 2}),
                    contains("fold: expects columns [N, C * 4, 4], got [1, 4, 5]"));
  CHECK_THROWS_AS(fold(zeros({1, 6, 4}), {3, 3}, {2, 2}), ShapeError);  // 6 is not C * 4
  CHECK_THROWS_AS(fold(zeros({4, 4}), {3, 3}, {2, 2}), ShapeError);
}
