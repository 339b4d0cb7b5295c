// The product by packed tiles (stretch): packing, one tile, and the whole against plain loops.
//
// Products of small whole numbers are exact in float, in any order: what is compared here is equal.
#include <limits>
#include <vector>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Matrix matrix_of(const Tensor& t) {
  return {t.data(), t.size(0), t.size(1), t.strides()[0], t.strides()[1]};
}

/// Whole numbers from -5 to 5, no two rows alike.
Tensor numbers(const Shape& shape) {
  const Tensor t = zeros(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = static_cast<real>((i * 7 + i / 11) % 11 - 5);
  return t;
}

/// The definition, on any strides.
Tensor plain_product(const Tensor& a, const Tensor& b) {
  const Tensor c = zeros({a.size(0), b.size(1)});
  for (Index i = 0; i < a.size(0); ++i) {
    for (Index j = 0; j < b.size(1); ++j) {
      real total = 0;
      for (Index k = 0; k < a.size(1); ++k) total += a.at({i, k}) * b.at({k, j});
      c.data()[i * b.size(1) + j] = total;
    }
  }
  return c;
}

void check_product(const Tensor& a, const Tensor& b) {
  const Tensor c = full({a.size(0), b.size(1)}, std::numeric_limits<real>::quiet_NaN());
  gemm(matrix_of(a), matrix_of(b), matrix_of(c));
  CHECK_TENSOR(c, plain_product(a, b));
}

std::vector<real> packed(const Tensor& a, Index begin, Index height) {
  std::vector<real> to(static_cast<std::size_t>(height * a.size(1) + 1), 99);
  pack(matrix_of(a), begin, height, to.data());
  CHECK(to.back() == 99);  // not one number further
  to.pop_back();
  return to;
}

}  // namespace

TEST_CASE("pack: one column after another", "[02.19][core]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  CHECK(packed(a, 0, 3) == std::vector<real>{1, 3, 5, 2, 4, 6});
  CHECK(packed(a, 1, 2) == std::vector<real>{3, 5, 4, 6});
}

TEST_CASE("pack: rows that are missing are zeros", "[02.19][edge]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  CHECK(packed(a, 2, 3) == std::vector<real>{5, 0, 0, 6, 0, 0});
  CHECK(packed(zeros({3, 0}), 0, 4).empty());
}

TEST_CASE("pack: any strides", "[02.19][edge]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  CHECK(packed(a.transpose(0, 1), 0, 2) == std::vector<real>{1, 2, 3, 4, 5, 6});
  CHECK(packed(a.slice(0, 0, 3, 2), 0, 2) == std::vector<real>{1, 5, 2, 6});
  const Tensor square = arange(36).reshape({6, 6});
  CHECK(packed(square.slice(0, 0, 6, 2).slice(1, 0, 6, 3), 1, 2) ==
        std::vector<real>{12, 24, 15, 27});  // steps of 12 and 3
  CHECK(packed(tensor({1, 2}, {1, 2}).expand({3, 2}), 0, 3) ==
        std::vector<real>{1, 1, 1, 2, 2, 2});
  CHECK(packed(square.slice(0, 0, 6, 2).slice(1, 0, 1).expand({3, 2}), 0, 3) ==
        std::vector<real>{0, 12, 24, 0, 12, 24});
}

TEST_CASE("tile_product: two rows and four columns by hand", "[02.20][core]") {
  const std::vector<real> a = {1, 2, 10, 20};            // rows (1, 10) and (2, 20)
  const std::vector<real> b = {1, 2, 3, 4, 5, 6, 7, 8};  // rows (1 2 3 4) and (5 6 7 8)
  std::vector<real> c(9, 99);
  tile_product<2, 1, 4>(a.data(), b.data(), 2, c.data(), 4, false);
  CHECK(c == std::vector<real>{51, 62, 73, 84, 102, 124, 146, 168, 99});
}

TEST_CASE("tile_product: several vectors side by side", "[02.20][core]") {
  const std::vector<real> a = {1, 3, 2, 4};
  const std::vector<real> b = {1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<real> c(8, 99);
  tile_product<2, 2, 2>(a.data(), b.data(), 2, c.data(), 4, false);
  CHECK(c == std::vector<real>{11, 14, 17, 20, 23, 30, 37, 44});
}

TEST_CASE("tile_product: adds to a part of a wider matrix", "[02.20][core]") {
  const std::vector<real> a = {1, 3}, b = {1, 2};
  std::vector<real> c = {100, 100, 7, 100, 100, 7};  // rows 3 numbers apart, the tile has 2
  tile_product<2, 1, 2>(a.data(), b.data(), 1, c.data(), 3, true);
  CHECK(c == std::vector<real>{101, 102, 7, 103, 106, 7});
}

TEST_CASE("tile_product: a depth of 0 is a tile of zeros", "[02.20][edge]") {
  const std::vector<real> a = {7, 7}, b = {7, 7, 7, 7};
  std::vector<real> c(4, 99);
  tile_product<1, 1, 4>(a.data(), b.data(), 0, c.data(), 4, false);
  CHECK(c == std::vector<real>{0, 0, 0, 0});
  tile_product<1, 1, 4>(a.data(), b.data(), 1, c.data(), 4, false);
  CHECK(c == std::vector<real>{49, 49, 49, 49});
}

TEST_CASE("gemm: sizes around those of tiles and blocks", "[02.20][02.19][property]") {
  for (const Shape& sizes : {Shape{1, 1, 1}, Shape{6, 16, 8}, Shape{7, 17, 3}, Shape{13, 5, 300},
                             Shape{98, 3, 2}, Shape{2, 2050, 2}}) {
    const Index m = *sizes.begin(), n = *(sizes.begin() + 1), k = *(sizes.begin() + 2);
    check_product(numbers({m, k}), numbers({k, n}));
  }
}

TEST_CASE("gemm: transposed and sliced matrices, all three", "[02.20][02.19][edge]") {
  const Tensor a = numbers({9, 20}).transpose(0, 1), b = numbers({40, 18}).slice(1, 1, 18, 2);
  const Tensor memory = full({21, 24}, 1);
  const Tensor part = memory.slice(0, 1, 20, 2).slice(1, 3, 23).transpose(0, 1);  // [20, 10]
  gemm(matrix_of(a), matrix_of(b.slice(0, 0, 9).slice(1, 0, 9)), matrix_of(part.slice(1, 0, 9)));
  CHECK_TENSOR(part.slice(1, 0, 9).contiguous(), plain_product(a, b.slice(0, 0, 9)));
  CHECK(memory.at({0, 3}) == 1);
  CHECK(memory.at({1, 2}) == 1);
  CHECK(memory.at({19, 5}) == 1);  // the tenth column of `part`
}

TEST_CASE("gemm: a sum of no products is 0", "[02.20][02.19][edge]") {
  const Tensor c = full({8, 9}, 7);
  gemm(matrix_of(zeros({8, 0})), matrix_of(zeros({0, 9})), matrix_of(c));
  // Neither pack nor tile_product has anything to do here; this one says that they are written.
  check_product(numbers({2, 2}), numbers({2, 2}));
  CHECK_TENSOR(c, zeros({8, 9}));
}

TEST_CASE("gemm: NaN stays in its row and column", "[02.20][edge]") {
  const Tensor a = numbers({20, 40}), b = numbers({40, 30});
  a.data()[3 * 40 + 5] = std::numeric_limits<real>::quiet_NaN();
  const Tensor c = zeros({20, 30});
  gemm(matrix_of(a), matrix_of(b), matrix_of(c));
  for (Index i = 0; i < 20; ++i) {
    for (Index j = 0; j < 30; ++j) CHECK((c.at({i, j}) != c.at({i, j})) == (i == 3));
  }
}
