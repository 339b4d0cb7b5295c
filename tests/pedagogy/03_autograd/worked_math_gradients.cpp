// 03_autograd / rules.hpp and vjp_math.hpp: each elementwise rule alone, with numbers worked by hand.
//
// A rule is an ordinary function: vjp(Mul{}, inputs, result, gradient of the result). What its operation does not
// save is handed over as a shape without numbers, as backward would do.
#include <cmath>
#include <limits>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();

Tensor shape_of(const Shape& shape) { return zeros(shape).shape_only(); }
std::vector<Tensor> both(const Tensor& x, const Tensor& y) { return {x, y}; }
std::vector<Tensor> one(const Tensor& x) { return {x}; }

const Tensor none;

}  // namespace

TEST_CASE("unbroadcast: sums over every axis that was repeated", "[03.5][core]") {
  const Tensor g = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(unbroadcast(g, {3}), values({5, 7, 9}, {3}));
  CHECK_TENSOR(unbroadcast(g, {1, 3}), values({5, 7, 9}, {1, 3}));
  CHECK_TENSOR(unbroadcast(g, {2, 1}), values({6, 15}, {2, 1}));
  CHECK_TENSOR(unbroadcast(g, {1, 1}), values({21}, {1, 1}));
  CHECK_TENSOR(unbroadcast(g, {1}), values({21}, {1}));
  CHECK_TENSOR(unbroadcast(g, {}), values({21}, {}));
}

TEST_CASE("unbroadcast: leaves alone what was not repeated", "[03.5][edge]") {
  const Tensor square = tensor({1, 2, 3, 4}, {2, 2});
  CHECK_TENSOR(unbroadcast(square, {2, 2}), values({1, 2, 3, 4}, {2, 2}));
  CHECK_TENSOR(unbroadcast(square, {2}), values({4, 6}, {2}));  // from the right: columns, not rows
  const Tensor thin = tensor({1, 2, 3}, {1, 3, 1});
  CHECK_TENSOR(unbroadcast(thin, {3, 1}), values({1, 2, 3}, {3, 1}));  // an axis of 1 in front goes
  CHECK_TENSOR(unbroadcast(thin, {1, 1}), values({6}, {1, 1}));
  CHECK_TENSOR(unbroadcast(square.transpose(0, 1), {2, 1}), values({4, 6}, {2, 1}));
  CHECK_TENSOR(unbroadcast(zeros({0, 2}), {1, 2}), values({0, 0}, {1, 2}));  // the sum of nothing
}

TEST_CASE("unbroadcast: several axes at once agree with sums made one by one", "[03.5][property]") {
  Rng rng(35);
  const Shape big = {2, 3, 1, 4};
  const Tensor g = randn(big, rng);
  for (const Shape& small :
       {Shape{3, 1, 4}, Shape{3, 1, 1}, Shape{1, 1, 4}, Shape{2, 1, 1, 4}, Shape{4},
        Shape{1, 3, 1, 1}, Shape{2, 1, 1, 1}, Shape{1, 1}, Shape{}}) {
    CAPTURE(small);
    const std::size_t added = big.size() - small.size();
    std::vector<double> sums(static_cast<std::size_t>(numel(small)), 0);
    for (const Shape& at : all_indices(big)) {
      std::size_t slot = 0;  // row-major place in `small`, where an axis of size 1 has index 0
      for (std::size_t axis = 0; axis < small.size(); ++axis) {
        const Index i = small[axis] == 1 ? 0 : at[added + axis];
        slot = slot * static_cast<std::size_t>(small[axis]) + static_cast<std::size_t>(i);
      }
      sums[slot] += double(g.at(at));
    }
    CHECK_TENSOR(unbroadcast(g, small), values(sums, small));
  }
}

TEST_CASE("vjp of add and sub: the gradient itself and for sub its negative", "[03.6][core]") {
  const Tensor g = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Grads added = vjp(Add{}, both(shape_of({2, 3}), shape_of({3})), none, g);
  REQUIRE(added.size() == 2);
  CHECK_TENSOR(added[0], values({1, 2, 3, 4, 5, 6}, {2, 3}));
  CHECK_TENSOR(added[1], values({5, 7, 9}, {3}));
  const Grads other = vjp(Add{}, both(shape_of({2, 1}), shape_of({1, 3})), none, g);
  CHECK_TENSOR(other[0], values({6, 15}, {2, 1}));
  CHECK_TENSOR(other[1], values({5, 7, 9}, {1, 3}));
  const Tensor x = tensor({1, 2}), y = scalar(5);
  const std::vector<Tensor> leaves = {Tensor(x).set_requires_grad(true),
                                      Tensor(y).set_requires_grad(true)};
  const std::vector<Tensor> through = grad(sum(leaves[0] + leaves[1] - leaves[0]), leaves);
  CHECK_TENSOR(through[0], values({0, 0}, {2}));
  CHECK_TENSOR(through[1], values({2}, {}));
}

TEST_CASE("vjp of add: copies nothing where shapes agree", "[03.6][systems]") {
  const Tensor g = ones({1000}), small = shape_of({1000});
  (void)unbroadcast(ones({2, 3}), {3});
  const std::uint64_t before = memory::stats().allocations;
  const Grads grads = vjp(Add{}, both(small, small), none, g);
  CHECK(memory::stats().allocations == before);
  CHECK_TENSOR(grads[1].slice(0, 0, 2), values({1, 1}, {2}));
}

TEST_CASE("vjp of mul: each operand gets the other one", "[03.7][core]") {
  const Tensor g = tensor({1, 10, 100});
  const Grads grads = vjp(Mul{}, both(tensor({2, 3, 4}), tensor({5, 6, 7})), none, g);
  CHECK_TENSOR(grads.at(0), values({5, 60, 700}, {3}));
  CHECK_TENSOR(grads.at(1), values({2, 30, 400}, {3}));
}

TEST_CASE("vjp of mul: multiplies first and sums over the broadcast axis then", "[03.7][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), y = tensor({10, 20}, {2, 1});
  const Grads grads = vjp(Mul{}, both(x, y), none, tensor({1, 0, 1, 0, 1, 2}, {2, 3}));
  CHECK_TENSOR(grads.at(0), values({10, 0, 10, 0, 20, 40}, {2, 3}));
  CHECK_TENSOR(grads.at(1), values({4, 17}, {2, 1}));  // 1 + 3 and 5 + 2 * 6
  const Grads with_scalar = vjp(Mul{}, both(scalar(3), tensor({1, 2})), none, tensor({4, 5}));
  CHECK_TENSOR(with_scalar.at(0), values({14}, {}));
  CHECK_TENSOR(with_scalar.at(1), values({12, 15}, {2}));
}

TEST_CASE("descent: a line is found from four points by hand-written steps",
          "[03.7][03.6][03.5][core]") {
  const Tensor x = tensor({-1, 0, 1, 2}), y = tensor({-1, 1, 3, 5});  // y = 2 x + 1
  Tensor slope = scalar(0), shift = scalar(0);
  slope.set_requires_grad(true);
  shift.set_requires_grad(true);
  for (int step = 0; step < 200; ++step) {
    const Tensor miss = slope * x + shift - y;
    const Tensor loss = sum(miss * miss);
    slope.zero_grad();
    shift.zero_grad();
    loss.backward();
    if (step == 0) {  // miss is -y: 2 * (-1 + 0 - 3 - 10) and -2 * 8
      CHECK(slope.grad().item() == -28);
      CHECK(shift.grad().item() == -16);
    }
    const NoGrad no_grad;
    slope.add_(slope.grad(), real(-0.05));
    shift.add_(shift.grad(), real(-0.05));
  }
  CHECK_TENSOR_NEAR(slope, values({2}, {}), 1e-3);
  CHECK_TENSOR_NEAR(shift, values({1}, {}), 1e-3);
}

TEST_CASE("vjp of div: one over y and minus x over y squared", "[03.8][core]") {
  const Grads grads = vjp(Div{}, both(tensor({6, 1}), tensor({2, -4})), none, tensor({1, 8}));
  CHECK_TENSOR(grads.at(0), values({0.5, -2}, {2}));     // 1 / 2, 8 / -4
  CHECK_TENSOR(grads.at(1), values({-1.5, -0.5}, {2}));  // -6 / 4, -8 * 1 / 16
}

TEST_CASE("vjp of div: both operands in their own shape", "[03.8][edge]") {
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  const Grads by_scalar = vjp(Div{}, both(x, scalar(2)), none, ones({2, 2}));
  CHECK_TENSOR(by_scalar.at(0), values({0.5, 0.5, 0.5, 0.5}, {2, 2}));
  CHECK_TENSOR(by_scalar.at(1), values({-2.5}, {}));  // -(1 + 2 + 3 + 4) / 4
  const Grads of_row = vjp(Div{}, both(tensor({4, 8}), tensor({1, 2}, {2, 1})), none, ones({2, 2}));
  CHECK_TENSOR(of_row.at(0), values({1.5, 1.5}, {2}));    // 1 + 1 / 2
  CHECK_TENSOR(of_row.at(1), values({-12, -3}, {2, 1}));  // -(4 + 8) / 1, -(4 + 8) / 4
}

TEST_CASE("vjp of exp and sqrt: use the result and not the input", "[03.9][core]") {
  const Tensor out = tensor({2, 4});  // pretend: any result
  CHECK_TENSOR(vjp(Exp{}, one(shape_of({2})), out, tensor({3, 10})).at(0), values({6, 40}, {2}));
  CHECK_TENSOR(vjp(Sqrt{}, one(shape_of({2})), out, tensor({1, 16})).at(0), values({0.25, 2}, {2}));
}

TEST_CASE("vjp of exp: costs one multiplication an element and no exponential", "[03.9][systems]") {
  const Tensor out = full({10}, 2), g = ones({10});
  FlopCounter counter;
  (void)vjp(Exp{}, one(shape_of({10})), out, g);
  CHECK(counter.calls("exp") == 0);
  CHECK(counter.total() == 10);
}

TEST_CASE("vjp of log: one over x", "[03.10][core]") {
  CHECK_TENSOR(vjp(Log{}, one(tensor({2, -4, 0.5f})), none, tensor({1, 1, 3})).at(0),
               values({0.5, -0.25, 6}, {3}));
}

TEST_CASE("vjp of log: at 0 it is infinite where a gradient comes", "[03.10][edge]") {
  const Grads grads = vjp(Log{}, one(tensor({0, 1}, {2, 1})), none, tensor({1, 0}, {2, 1}));
  CHECK_TENSOR(grads.at(0), values({infinity, 0}, {2, 1}));
}

TEST_CASE("vjp of tanh: one minus the square of the result", "[03.11][core]") {
  const Tensor out = tensor({0, 0.5f, -0.5f, 1});
  CHECK_TENSOR(vjp(TanhOp{}, one(shape_of({4})), out, tensor({3, 4, 8, 5})).at(0),
               values({3, 3, 6, 0}, {4}));  // times 1, 0.75, 0.75, 0
}

TEST_CASE("vjp of tanh: flat where it is saturated and steepest at 0", "[03.11][edge]") {
  Tensor x = tensor({-100, 0, 100});
  x.set_requires_grad(true);
  CHECK_TENSOR(grad(sum(tanh(x)), {x})[0], values({0, 1, 0}, {3}));
}

TEST_CASE("vjp of pow: exponent times the power below", "[03.12][core]") {
  const Tensor x = tensor({1, 2, -3});
  CHECK_TENSOR(vjp(Pow(3), one(x), none, tensor({1, 1, 2})).at(0), values({3, 12, 54}, {3}));
  CHECK_TENSOR(vjp(Pow(2), one(x), none, ones({3})).at(0), values({2, 4, -6}, {3}));
  CHECK_TENSOR(vjp(Pow(-1), one(x), none, ones({3})).at(0), values({-1, -0.25, -1.0 / 9}, {3}));
  CHECK_TENSOR(vjp(Pow(0.5f), one(tensor({4})), none, tensor({8})).at(0), values({2}, {1}));
}

TEST_CASE("vjp of pow: exponents 0 and 1 have a derivative at 0", "[03.12][edge]") {
  const Tensor x = tensor({0, 2, -3});
  CHECK_TENSOR(vjp(Pow(0), one(x), none, ones({3})).at(0), values({0, 0, 0}, {3}));
  CHECK_TENSOR(vjp(Pow(1), one(x), none, tensor({5, 6, 7})).at(0), values({5, 6, 7}, {3}));
}

TEST_CASE("vjp of maximum: the larger takes all and equal ones share", "[03.13][core]") {
  const Tensor x = tensor({1, 5, 3, -2}), y = tensor({4, 2, 3, -2});
  const Grads grads = vjp(Maximum{}, both(x, y), none, tensor({10, 20, 30, 40}));
  CHECK_TENSOR(grads.at(0), values({0, 20, 15, 20}, {4}));
  CHECK_TENSOR(grads.at(1), values({10, 0, 15, 20}, {4}));
}

TEST_CASE("vjp of maximum: the share of a broadcast operand is summed", "[03.13][edge]") {
  const Tensor x = tensor({-1, 0, 2, 3, 0, -5}, {2, 3});
  const Grads grads = vjp(Maximum{}, both(x, scalar(0)), none, tensor({1, 2, 3, 4, 5, 6}, {2, 3}));
  CHECK_TENSOR(grads.at(0), values({0, 1, 3, 4, 2.5, 0}, {2, 3}));
  CHECK_TENSOR(grads.at(1), values({10.5}, {}));  // 1 + half of 2 + half of 5 + 6
}

TEST_CASE("vjp of abs: the sign and 0 at 0", "[03.1][core]") {
  CHECK_TENSOR(vjp(Abs{}, one(tensor({-3, 0, 2})), none, tensor({5, 6, 7})).at(0),
               values({-5, 0, 7}, {3}));
}

TEST_CASE("vjp of where: what was chosen gets the gradient", "[03.14][core]") {
  const std::vector<Tensor> in = {tensor({1, 0, -2}), tensor({1, 2, 3}), tensor({4, 5, 6})};
  const Grads grads = vjp(Where{}, in, none, tensor({10, 20, 30}));
  REQUIRE(grads.size() == 3);
  CHECK_FALSE(grads[0].defined());  // none for the condition
  CHECK_TENSOR(grads[1], values({10, 0, 30}, {3}));
  CHECK_TENSOR(grads[2], values({0, 20, 0}, {3}));
}

TEST_CASE("vjp of where: an infinite gradient does not leak to the other side", "[03.14][edge]") {
  const std::vector<Tensor> in = {tensor({1, 0}), zeros({2}), zeros({2})};
  const Grads grads = vjp(Where{}, in, none, tensor({infinity, -infinity}));
  CHECK_TENSOR(grads.at(1), values({infinity, 0}, {2}));
  CHECK_TENSOR(grads.at(2), values({0, -infinity}, {2}));
}

TEST_CASE("vjp of where: all three operands broadcast", "[03.14][edge]") {
  const std::vector<Tensor> in = {tensor({1, 0}, {2, 1}), scalar(7), tensor({1, 2, 3})};
  const Grads grads = vjp(Where{}, in, none, tensor({1, 2, 3, 4, 5, 6}, {2, 3}));
  CHECK_TENSOR(grads.at(1), values({6}, {}));         // the first row
  CHECK_TENSOR(grads.at(2), values({4, 5, 6}, {3}));  // the second
}
