// Matrix products of whole tensors: which shapes fit, what they cost, batches, views and vectors.
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The element of t at the end of `index`: leading axes may be missing or of size 1.
double batch_at(const Tensor& t, const Shape& index) {
  Shape own(index.end() - t.dim(), index.end());
  for (std::size_t axis = 0; axis + 2 < own.size(); ++axis) {
    if (t.shape()[axis] == 1) own[axis] = 0;
  }
  return double(t.at(own));
}

/// Products summed one by one in double.
Values product_by_hand(const Tensor& a, const Tensor& b, const Shape& shape) {
  Values v{{}, shape};
  for (const Shape& index : all_indices(shape)) {
    double total = 0;
    for (Index k = 0; k < a.size(-1); ++k) {
      Shape left = index, right = index;
      left[left.size() - 1] = k;
      right[right.size() - 2] = k;
      total += batch_at(a, left) * batch_at(b, right);
    }
    v.numbers.push_back(total);
  }
  return v;
}

}  // namespace

TEST_CASE("matmul_shape: M and N of the last axes and leading axes that broadcast",
          "[02.16][core]") {
  CHECK(matmul_shape({2, 3}, {3, 5}) == Shape{2, 5});
  CHECK(matmul_shape({7, 2, 3}, {3, 5}) == Shape{7, 2, 5});
  CHECK(matmul_shape({2, 3}, {7, 3, 5}) == Shape{7, 2, 5});
  CHECK(matmul_shape({4, 1, 2, 3}, {6, 3, 5}) == Shape{4, 6, 2, 5});
  CHECK(matmul_shape({2, 0}, {0, 5}) == Shape{2, 5});
  CHECK(matmul_shape({0, 1, 3}, {1, 3, 1}) == Shape{0, 1, 1});
}

TEST_CASE("matmul_shape: the error shows what is wanted and what came", "[02.16][errors]") {
  CHECK_THROWS_AS(matmul_shape({2, 3}, {4, 5}), ShapeError);
  CHECK_THROWS_WITH(matmul_shape({2, 3}, {4, 5}),
                    contains("matmul: expects [*, M, K] x [*, K, N], got [2, 3] x [4, 5]"));
  CHECK_THROWS_WITH(matmul_shape({2, 3}, {4, 5}), contains("the inner sizes 3 and 4 differ"));
  CHECK_THROWS_AS(matmul_shape({2, 3}, {2, 3}), ShapeError);
  CHECK_THROWS_AS(matmul_shape({2, 1}, {3, 5}), ShapeError);  // K does not broadcast
  CHECK_THROWS_AS(matmul_shape({3}, {3, 5}), ShapeError);
  CHECK_THROWS_AS(matmul_shape({2, 3}, {}), ShapeError);
  CHECK_THROWS_WITH(matmul_shape({4, 2, 3}, {5, 3, 6}),
                    contains("(leading axes): cannot broadcast [4] with [5]"));
  CHECK_THROWS_AS(matmul(scalar(1), ones({1, 1})), ShapeError);
}

TEST_CASE("matmul: counts two flops for each term of each sum", "[02.17][core]") {
  const std::vector<Tensor> pair = {ones({2, 3}), ones({3, 5})};
  // 2 * 5 sums of 3 terms; a term is a product and an addition.
  CHECK(Matmul{}.flops(pair, ones({2, 5})) == 60);
  const std::vector<Tensor> batch = {ones({4, 1, 2, 3}), ones({6, 3, 5})};
  CHECK(Matmul{}.flops(batch, ones({4, 6, 2, 5})) == 24 * 60);
}

TEST_CASE("matmul: twice the size is eight times the work and four times the bytes",
          "[02.17][02.18][systems]") {
  Index flops = 2 * 4 * 4 * 4;
  std::uint64_t bytes = 4 * 4 * sizeof(real);
  for (const Index n : {4, 8, 16}) {
    const Tensor a = ones({n, n});
    FlopCounter counter;
    const memory::Stats before = memory::stats();
    (void)matmul(a, a);
    CHECK(counter.of("matmul") == flops);
    CHECK(memory::stats().allocated_bytes - before.allocated_bytes == bytes);
    flops *= 8;
    bytes *= 4;
  }
}

TEST_CASE("matmul: two matrices and two batches of matrices", "[02.18][core]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), b = tensor({7, 8, 9, 10, 11, 12}, {3, 2});
  CHECK_TENSOR(matmul(a, b), values({58, 64, 139, 154}, {2, 2}));
  // Rows [1, 2] and [3, 4], times columns [5, 6] and [7, 8]: 1 * 5 + 2 * 6 and 3 * 7 + 4 * 8.
  CHECK_TENSOR(matmul(tensor({1, 2, 3, 4}, {2, 1, 2}), tensor({5, 6, 7, 8}, {2, 2, 1})),
               values({17, 53}, {2, 1, 1}));
}

TEST_CASE("matmul: transposed and sliced operands are read along their strides", "[02.18][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor turned = x.transpose(0, 1);  // [[1, 4], [2, 5], [3, 6]]
  CHECK_TENSOR(matmul(turned, x), values({17, 22, 27, 22, 29, 36, 27, 36, 45}, {3, 3}));
  CHECK_TENSOR(matmul(x, turned), values({14, 32, 32, 77}, {2, 2}));
  // [[2, 3], [5, 6]] x [[2, 5], [3, 6]]: both begin at the second number in memory.
  CHECK_TENSOR(matmul(x.slice(1, 1, 3), turned.slice(0, 1, 3)), values({13, 28, 28, 61}, {2, 2}));
}

TEST_CASE("matmul: a vector is a row on the left and a column on the right", "[02.18][edge]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), v = tensor({1, 10, 100});
  CHECK_TENSOR(matmul(a, v), values({321, 654}, {2}));
  CHECK_TENSOR(matmul(tensor({1, 10}), a), values({41, 52, 63}, {3}));
  CHECK_TENSOR(matmul(v, v), values({10101}, {}));
  CHECK_TENSOR(matmul(stack({a, a + 1.0f}), v), values({321, 654, 432, 765}, {2, 2}));
}

TEST_CASE("matmul: sizes 0 and 1 are sizes like others", "[02.18][edge]") {
  CHECK_TENSOR(matmul(zeros({2, 0}), zeros({0, 2})), values({0, 0, 0, 0}, {2, 2}));
  CHECK_SHAPE(matmul(zeros({0, 3}), zeros({3, 2})), {0, 2});
  CHECK_SHAPE(matmul(zeros({0, 2, 3}), zeros({3, 5})), {0, 2, 5});
  CHECK_SHAPE(matmul(zeros({4, 0, 3}), zeros({4, 3, 5})), {4, 0, 5});
  CHECK_TENSOR(matmul(tensor({3}, {1, 1}), tensor({4}, {1, 1, 1})), values({12}, {1, 1, 1}));
  CHECK_TENSOR(matmul(tensor({2, 3}, {2, 1}), tensor({5, 7}, {1, 2})),
               values({10, 14, 15, 21}, {2, 2}));
}

TEST_CASE("matmul: views and broadcast batches agree with sums made one by one",
          "[02.18][property]") {
  Rng rng(9);
  const Tensor x = randn({2, 3, 4, 5}, rng), y = randn({3, 5, 4}, rng), z = randn({6, 5}, rng);
  const auto check = [](const Tensor& a, const Tensor& b, const Shape& shape) {
    INFO("strides " << a.strides() << " x " << b.strides());
    CHECK_TENSOR(matmul(a, b), product_by_hand(a, b, shape));
  };
  check(z.transpose(0, 1), z, {5, 5});
  check(z, z.transpose(0, 1), {6, 6});
  check(z.slice(0, 1, 6, 2), x.select(0, 1).select(0, 2).transpose(0, 1).slice(1, 1, 4), {3, 3});
  check(x, y, {2, 3, 4, 4});  // one y for both halves of x
  check(z, y, {3, 6, 4});     // one matrix on the left
  check(x.permute({1, 0, 3, 2}), x.slice(0, 1, 2).select(1, 1), {3, 2, 5, 5});
  check(x.slice(1, 0, 1), y.slice(0, 1, 3), {2, 2, 4, 4});  // [2, 1, 4, 5] x [2, 5, 4]
  check(x.permute({0, 2, 1, 3}), z.transpose(0, 1), {2, 4, 3, 6});
}

TEST_CASE("matmul: a matrix that meets a whole batch is not copied", "[02.18][systems]") {
  const Tensor one = ones({8, 16}), many = ones({10, 16, 4}), right = ones({16, 4});
  const auto allocations = [](const Tensor& a, const Tensor& b) {
    const std::uint64_t before = memory::stats().allocations;
    (void)matmul(a, b);
    return memory::stats().allocations - before;
  };
  CHECK(allocations(one, many) == 1);
  CHECK(allocations(ones({10, 8, 16}), right) == 1);
  CHECK(allocations(ones({16, 8}).transpose(0, 1), many) == 1);  // and a needs no contiguous copy
}
