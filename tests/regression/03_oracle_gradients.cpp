// What golden_gradients.cpp of 03_autograd leaves out: values and gradients as PyTorch computes them, by
// tests/oracles/03_ops.py.
#include <tinytorch/autograd.hpp>

#include "03_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor a() { return waves(1, {2, 3}); }

}  // namespace

TEST_CASE("oracle of 03: negatives and numbers on both sides", "[03][gradient]") {
  check_golden(oracle::neg(), [](Inputs x) { return -x[0]; }, {a()});
  check_golden(oracle::scalars(),
               [](Inputs x) { return (2 - x[0]) * 3 / (x[0] + 4) + 1 / (x[0] + 2); }, {a()});
  check_golden(oracle::inverse_power(), [](Inputs x) { return pow(abs(x[0]) + 1, -1.5); }, {a()});
}

TEST_CASE("oracle of 03: least, largest and variance", "[03][gradient]") {
  check_golden(oracle::min_of_rows(), [](Inputs x) { return min(x[0], 1); }, {a()});
  check_golden(oracle::min_of_all(), [](Inputs x) { return min(x[0]); }, {a()});
  check_golden(oracle::max_of_all(), [](Inputs x) { return max(x[0]); }, {a()});
  check_golden(oracle::var_of_all(), [](Inputs x) { return var(x[0]); }, {a()});
  check_golden(oracle::var_biased(), [](Inputs x) { return var(x[0], 0, false, 0); }, {a()});
  check_golden(oracle::sum_of_two_axes(),
               [](Inputs x) {
                 return sum(x[0], Shape{0, 2});
               },
               {waves(5, {2, 3, 2})});
}

TEST_CASE("oracle of 03: makers, and where the largest stands", "[03][gradient]") {
  CHECK(argmax(a(), 0).to_vector() == oracle::argmax_of_columns);
  CHECK(argmax(a()).to_vector() == oracle::argmax_of_all);
  check_golden(oracle::eye(), eye(3));
  check_golden(oracle::arange(), arange(-1, 2, 0.5));
  CHECK(sum(waves(1, {1}).set_requires_grad(true)).requires_grad());  // a blank of 03 is asked
}

TEST_CASE("oracle of 03: views of views", "[03][gradient]") {
  check_golden(oracle::unsqueezed(),
               [](Inputs x) { return x[0].unsqueeze(1).squeeze(1).transpose(0, 1); }, {a()});
  check_golden(oracle::flattened(), [](Inputs x) { return x[0].transpose(0, 2).flatten(1); },
               {waves(9, {2, 3, 2})});
  check_golden(oracle::diagonal_block(),
               [](Inputs x) {
                 return x[0].slice(0, 1, 2).slice(1, 0, 3, 2) *
                        x[0].slice(0, 0, 1).slice(1, 1, 3).expand({2, 2}).slice(0, 1, 2);
               },
               {waves(13, {2, 3})});
}

TEST_CASE("oracle of 03: products with vectors", "[03][gradient]") {
  const auto product = [](Inputs x) { return matmul(x[0], x[1]); };
  check_golden(oracle::row_times_matrix(), product, {waves(20, {3}), waves(30, {3, 2})});
  check_golden(oracle::matrix_times_column(), product, {waves(20, {2, 3}), waves(30, {3})});
  check_golden(oracle::dot(), product, {waves(20, {3}), waves(30, {3})});
}
