// One pair of matrices, two loop orders: ijk, the definition, and ikj, a row of the result at a time.
//
// A Matrix is a pointer, two sizes and two strides; the loops know nothing else of tensors.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

/// t, of two axes, as the loops see it.
Matrix matrix_of(const Tensor& t) {
  return {t.data(), t.size(0), t.size(1), t.strides()[0], t.strides()[1]};
}

}  // namespace

TEST_CASE("matmul_ijk: a row times a column for each element", "[02.14][core]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), b = tensor({7, 8, 9, 10, 11, 12}, {3, 2});
  Tensor c = full({2, 2}, not_a_number);  // whatever was in memory
  matmul_ijk(matrix_of(a), matrix_of(b), matrix_of(c));
  CHECK_TENSOR(c, values({58, 64, 139, 154}, {2, 2}));  // 58 = 1 * 7 + 2 * 9 + 3 * 11
}

TEST_CASE("matmul_ijk: all three matrices have strides of their own", "[02.14][edge]") {
  const Tensor a = tensor({1, 4, 2, 5, 3, 6}, {3, 2}).transpose(0, 1);
  const Tensor b = tensor({0, 7, 0, 8, 0, 9, 0, 10, 0, 11, 0, 12}, {3, 4}).slice(1, 1, 4, 2);
  const Tensor memory = full({3, 3}, -1);
  const Tensor c = memory.slice(0, 1, 3).slice(1, 1, 3).transpose(0, 1);  // the lower right corner
  matmul_ijk(matrix_of(a), matrix_of(b), matrix_of(c));
  CHECK_TENSOR(memory, values({-1, -1, -1, -1, 58, 139, -1, 64, 154}, {3, 3}));
}

TEST_CASE("matmul_ijk: reads and writes nothing beside its matrices", "[02.14][edge]") {
  // One step too far in k adds 9 * 9 to each sum; one in j writes into what is c's neighbour.
  const Tensor a = tensor({1, 2, 9, 3, 4, 9}, {2, 3}).slice(1, 0, 2);
  const Tensor b = tensor({5, 6, 9, 7, 8, 9, 9, 9, 9}, {3, 3}).slice(0, 0, 2).slice(1, 0, 2);
  const Tensor memory = full({2, 3}, -1);
  matmul_ijk(matrix_of(a), matrix_of(b), matrix_of(memory.slice(1, 0, 2)));
  CHECK_TENSOR(memory, values({19, 22, -1, 43, 50, -1}, {2, 3}));  // 19 = 1 * 5 + 2 * 7
}

TEST_CASE("matmul_ikj: the same product a row at a time", "[02.15][core]") {
  const Tensor a = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), b = tensor({7, 8, 9, 10, 11, 12}, {3, 2});
  Tensor c = full({2, 2}, not_a_number);  // += without setting to 0 first would keep this
  matmul_ikj(matrix_of(a), matrix_of(b), matrix_of(c));
  CHECK_TENSOR(c, values({58, 64, 139, 154}, {2, 2}));
}

TEST_CASE("matmul_ikj: a has any strides and rows of b and c may lie apart", "[02.15][edge]") {
  const Tensor a =
      tensor({0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6}, {3, 4}).slice(1, 1, 4, 2).transpose(0, 1);
  const Tensor b = tensor({7, 8, -1, 9, 10, -1, 11, 12, -1}, {3, 3}).slice(1, 0, 2);
  const Tensor memory = full({2, 4}, -1);
  matmul_ikj(matrix_of(a), matrix_of(b), matrix_of(memory.slice(1, 1, 3)));
  CHECK_TENSOR(memory, values({-1, 58, 64, -1, -1, 139, 154, -1}, {2, 4}));
}

TEST_CASE("matmul_ijk and matmul_ikj: a sum of no products is 0", "[02.14][02.15][edge]") {
  Tensor c = full({2, 3}, 7), d = full({2, 3}, 7);
  matmul_ijk(matrix_of(zeros({2, 0})), matrix_of(zeros({0, 3})), matrix_of(c));
  matmul_ikj(matrix_of(zeros({2, 0})), matrix_of(zeros({0, 3})), matrix_of(d));
  CHECK_TENSOR(c, values({0, 0, 0, 0, 0, 0}, {2, 3}));
  CHECK_TENSOR(d, values({0, 0, 0, 0, 0, 0}, {2, 3}));
}

TEST_CASE("matmul_ikj: 0 times NaN is NaN and no term may be skipped", "[02.15][edge]") {
  const Tensor a = tensor({0, 1}, {1, 2}), b = tensor({not_a_number, infinity, 5, 2, 3, 4}, {2, 3});
  Tensor c = zeros({1, 3});
  matmul_ikj(matrix_of(a), matrix_of(b), matrix_of(c));
  CHECK_TENSOR(c, values({not_a_number, not_a_number, 4}, {1, 3}));
}
