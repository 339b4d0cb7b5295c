// apply_rope: positions as rotations (stretch).
#include <tinytorch/embeddings/rope.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The input of golden.hpp: [2, 3, 4], sin of each place.
Tensor sine_input() {
  const Tensor x = empty({2, 3, 4});
  for (Index i = 0; i < 24; ++i) x.data()[i] = static_cast<real>(std::sin(double(i)));
  return x;
}

double product(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (Index i = 0; i < a.numel(); ++i) sum += double(a.data()[i]) * double(b.data()[i]);
  return sum;
}

}  // namespace

TEST_CASE("apply_rope: the worked example", "[11.9][core]") {
  // d = 2: position t turns by t.
  CHECK_TENSOR(apply_rope(tensor({1, 0, 1, 0, 0, 1}, {3, 2})),
               values({1, 0, 0.540302306, 0.841470985, -0.909297427, -0.416146837}, {3, 2}));
}

TEST_CASE("apply_rope: as Llama turns", "[11.9][core]") {
  CHECK_TENSOR(apply_rope(sine_input()),
               values({std::begin(golden::rope), std::end(golden::rope)}, {2, 3, 4}));
  CHECK_TENSOR(
      apply_rope(sine_input(), {.base = 500, .offset = 7}),
      values({std::begin(golden::rope_shifted), std::end(golden::rope_shifted)}, {2, 3, 4}));
}

TEST_CASE("apply_rope: position 0 stays and lengths stay", "[11.9][edge]") {
  Rng rng(1);
  const Tensor x = randn({4, 5, 6}, rng), y = apply_rope(x);
  CHECK_TENSOR(y.slice(1, 0, 1), x.slice(1, 0, 1));
  CHECK(std::abs(product(x, x) - product(y, y)) < 1e-4);
  CHECK_SHAPE(apply_rope(zeros({2, 0, 4})), {2, 0, 4});
  CHECK_SHAPE(apply_rope(zeros({0, 3, 4})), {0, 3, 4});
  CHECK_SHAPE(apply_rope(zeros({3, 0})), {3, 0});
}

TEST_CASE("apply_rope: views and any leading axes", "[11.9][edge]") {
  const Tensor x = sine_input();
  const Tensor swapped = x.reshape({1, 2, 3, 4}).permute({0, 1, 3, 2}).contiguous();
  const Tensor view = swapped.permute({0, 1, 3, 2});  // the numbers of x, in other memory
  CHECK_TENSOR(apply_rope(view),
               values({std::begin(golden::rope), std::end(golden::rope)}, {1, 2, 3, 4}));
}

TEST_CASE("apply_rope: products depend on the distance only", "[11.9][property]") {
  Rng rng(2);
  const Tensor q = randn({1, 8}, rng), k = randn({1, 8}, rng);
  const double near = product(apply_rope(q, {.offset = 3}), apply_rope(k, {.offset = 1}));
  for (const Index shift : {1, 10, 100}) {
    const double there =
        product(apply_rope(q, {.offset = 3 + shift}), apply_rope(k, {.offset = 1 + shift}));
    CHECK(std::abs(there - near) < 1e-4);
  }
  const double far = product(apply_rope(q, {.offset = 9}), apply_rope(k, {.offset = 1}));
  CHECK(std::abs(far - near) > 0.01);
}

TEST_CASE("apply_rope: pieces with offsets are the whole", "[11.9][edge]") {
  Rng rng(3);
  const Tensor x = randn({2, 6, 4}, rng), whole = apply_rope(x);
  CHECK_TENSOR(apply_rope(x.slice(1, 4, 6), {.offset = 4}), whole.slice(1, 4, 6));
  CHECK_FALSE(whole.at({0, 4, 0}) == x.at({0, 4, 0}));
}

TEST_CASE("apply_rope: the gradient turns back", "[11.10][core]") {
  Tensor x = zeros({2, 2});
  x.set_requires_grad(true);
  apply_rope(x).backward(tensor({1, 0, 1, 0}, {2, 2}));
  CHECK_TENSOR(x.grad(), values({1, 0, 0.540302306, -0.841470985}, {2, 2}));
}

TEST_CASE("apply_rope: there and back again", "[11.10][property]") {
  Rng rng(4);
  const Tensor g = randn({3, 5, 4}, rng);
  Tensor x = zeros({3, 5, 4});
  x.set_requires_grad(true);
  apply_rope(x, {.base = 50, .offset = 2}).backward(apply_rope(g, {.base = 50, .offset = 2}));
  CHECK_TENSOR(x.grad(), g);
}

TEST_CASE("apply_rope: shapes and options that cannot be", "[11.9][errors]") {
  CHECK_SHAPE(apply_rope(zeros({1, 2})), {1, 2});
  CHECK_THROWS_WITH(apply_rope(zeros({3, 5})),
                    contains("apply_rope: expects [*, T, d] with d even, got [3, 5]"));
  CHECK_THROWS_AS(apply_rope(zeros({4})), ShapeError);
  CHECK_THROWS_AS(apply_rope(zeros({2, 2}), {.base = 0}), ValueError);
  CHECK_THROWS_AS(apply_rope(zeros({2, 2}), {.offset = -1}), ValueError);
}
