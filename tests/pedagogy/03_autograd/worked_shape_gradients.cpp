// 03_autograd / vjp_shape.hpp: the way back of views, reductions, cat and matmul, with numbers worked by hand.
//
// All but max and matmul read shapes only, so most tests hand over shapes without numbers.
#include <limits>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor shape_of(const Shape& shape) { return zeros(shape).shape_only(); }
std::vector<Tensor> one(const Tensor& x) { return {x}; }
Tensor wanted(Tensor t) { return t.set_requires_grad(true); }

/// 0, 1, 2, ... in row-major order.
Tensor counting(const Shape& shape) { return arange(double(numel(shape))).reshape(shape); }

const Tensor none;

}  // namespace

TEST_CASE("vjp of permute: puts every axis back", "[03.15][core]") {
  // [2, 3, 4] permuted by {2, 0, 1} is [4, 2, 3]. A cycle of three is not its own inverse.
  const Tensor g = counting({4, 2, 3});
  const Tensor back = vjp(Permute({2, 0, 1}), one(shape_of({2, 3, 4})), none, g).at(0);
  CHECK_SHAPE(back, {2, 3, 4});
  for (const Shape& at : all_indices({2, 3, 4})) {
    const Shape there = {at[2], at[0], at[1]};
    REQUIRE(back.at(at) == g.at(there));
  }
}

TEST_CASE("vjp of permute: undoes any order of four axes", "[03.15][property]") {
  Rng rng(315);
  for (int round = 0; round < 24; ++round) {
    const std::vector<Index> axes = rng.permutation(4);
    const Shape order(axes.begin(), axes.end());
    const Tensor x = counting({2, 3, 4, 5});
    CAPTURE(order);
    const Tensor back = vjp(Permute(order), one(shape_of(x.shape())), none, x.permute(order)).at(0);
    CHECK(back.shape() == x.shape());
    CHECK(back.strides() == x.strides());  // so it is x again, number by number
  }
}

TEST_CASE("vjp of permute and view: move no numbers", "[03.15][systems]") {
  const Tensor g = counting({3, 2});
  const std::vector<Tensor> matrix = one(shape_of({2, 3})), vector = one(shape_of({6}));
  const std::uint64_t before = memory::stats().allocations;
  const Tensor turned = vjp(Permute({1, 0}), matrix, none, g).at(0);
  const Tensor flat = vjp(View({3, 2}, {2, 1}), vector, none, g).at(0);
  CHECK(memory::stats().allocations == before);
  CHECK_TENSOR(turned, values({0, 2, 4, 1, 3, 5}, {2, 3}));
  CHECK_TENSOR(flat, values({0, 1, 2, 3, 4, 5}, {6}));
}

TEST_CASE("vjp of slice: scatters into zeros of the input's shape", "[03.16][core]") {
  const Tensor g = tensor({1, 2, 3, 4}, {2, 2});
  const Slice every_other(1, 1, 5, 2);  // columns 1 and 3 of five
  CHECK_TENSOR(vjp(every_other, one(shape_of({2, 5})), none, g).at(0),
               values({0, 1, 0, 2, 0, 0, 3, 0, 4, 0}, {2, 5}));
  const Slice rows(0, 1, 3, 1);
  CHECK_TENSOR(vjp(rows, one(shape_of({4, 2})), none, g).at(0),
               values({0, 0, 1, 2, 3, 4, 0, 0}, {4, 2}));
}

TEST_CASE("vjp of slice: overlapping slices add up where they meet", "[03.16][03.3][edge]") {
  const Tensor x = wanted(tensor({1, 2, 3, 4}));
  const Tensor y = x.slice(0, 0, 3) * tensor({1, 10, 100}) + x.slice(0, 1, 4);
  y.backward(ones({3}));
  CHECK_TENSOR(x.grad(), values({1, 11, 101, 1}, {4}));
  const Tensor z = wanted(tensor({1, 2}));
  z.slice(0, 1, 1).backward(zeros({0}));  // nothing was taken
  CHECK_TENSOR(z.grad(), values({0, 0}, {2}));
}

TEST_CASE("vjp of select: the axis comes back", "[03.3][core]") {
  const Tensor g = tensor({5, 6});
  CHECK_TENSOR(vjp(Select(1, 2), one(shape_of({2, 3})), none, g).at(0),
               values({0, 0, 5, 0, 0, 6}, {2, 3}));
  const Tensor x = wanted(counting({2, 2}));
  x.select(0, -1).backward(g);
  CHECK_TENSOR(x.grad(), values({0, 0, 5, 6}, {2, 2}));
}

TEST_CASE("vjp of expand: copies come together again", "[03.17][core]") {
  const Tensor g = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(vjp(Expand({2, 3}), one(shape_of({2, 1})), none, g).at(0), values({6, 15}, {2, 1}));
  CHECK_TENSOR(vjp(Expand({2, 3}), one(shape_of({3})), none, g).at(0), values({5, 7, 9}, {3}));
  CHECK_TENSOR(vjp(Expand({2, 3}), one(shape_of({})), none, g).at(0), values({21}, {}));
}

TEST_CASE("vjp of expand: two axes and one in front and none at all", "[03.17][edge]") {
  const Tensor g = counting({2, 2, 3});  // 0 .. 11
  CHECK_TENSOR(vjp(Expand({2, 2, 3}), one(shape_of({1, 3})), none, g).at(0),
               values({18, 22, 26}, {1, 3}));  // 0 + 3 + 6 + 9 and so on
  CHECK_TENSOR(vjp(Expand({2, 3}), one(shape_of({2, 3})), none, counting({2, 3})).at(0),
               values({0, 1, 2, 3, 4, 5}, {2, 3}));
}

TEST_CASE("vjp of sum: every number that went in gets the gradient", "[03.18][core]") {
  const std::vector<Tensor> x = one(shape_of({2, 3}));
  CHECK_TENSOR(vjp(Sum({1}, false), x, none, tensor({10, 20})).at(0),
               values({10, 10, 10, 20, 20, 20}, {2, 3}));
  CHECK_TENSOR(vjp(Sum({0}, false), x, none, tensor({1, 2, 3})).at(0),
               values({1, 2, 3, 1, 2, 3}, {2, 3}));
  CHECK_TENSOR(vjp(Sum({0, 1}, false), x, none, scalar(7)).at(0),
               values({7, 7, 7, 7, 7, 7}, {2, 3}));
  CHECK_TENSOR(vjp(Sum({1}, true), x, none, tensor({10, 20}, {2, 1})).at(0),
               values({10, 10, 10, 20, 20, 20}, {2, 3}));
}

TEST_CASE("vjp of sum: outer axes together and empty axes", "[03.18][edge]") {
  const Tensor back =
      vjp(Sum({0, 2}, false), one(shape_of({2, 3, 2})), none, tensor({1, 2, 3})).at(0);
  CHECK_TENSOR(back, values({1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3}, {2, 3, 2}));
  CHECK_TENSOR(vjp(Sum({}, false), one(shape_of({})), none, scalar(4)).at(0), values({4}, {}));
  CHECK_SHAPE(vjp(Sum({0}, false), one(shape_of({0, 3})), none, ones({3})).at(0), {0, 3});
  CHECK_TENSOR(vjp(Sum({0}, false), one(shape_of({1, 2})), none, tensor({3, 4})).at(0),
               values({3, 4}, {1, 2}));
}

TEST_CASE("vjp of sum: repeats without using memory", "[03.18][systems]") {
  const std::vector<Tensor> x = one(shape_of({1000, 3}));
  const Tensor g = tensor({1, 2, 3});
  const std::uint64_t before = memory::stats().allocated_bytes;
  const Tensor back = vjp(Sum({0}, false), x, none, g).at(0);
  CHECK(memory::stats().allocated_bytes == before);
  CHECK(back.shares_storage_with(g));
  CHECK(back.at({999, 2}) == 3);
}

TEST_CASE("vjp of max: the winner takes all", "[03.19][core]") {
  const Tensor x = tensor({1, 9, 3, 7, 5, 8}, {2, 3});
  CHECK_TENSOR(vjp(Max({1}, false), one(x), tensor({9, 8}), tensor({10, 20})).at(0),
               values({0, 10, 0, 0, 0, 20}, {2, 3}));
  CHECK_TENSOR(
      vjp(Max({0}, true), one(x), tensor({7, 9, 8}, {1, 3}), tensor({1, 2, 3}, {1, 3})).at(0),
      values({0, 2, 0, 1, 0, 3}, {2, 3}));
  CHECK_TENSOR(vjp(Max({0, 1}, false), one(x), scalar(9), scalar(5)).at(0),
               values({0, 5, 0, 0, 0, 0}, {2, 3}));
}

TEST_CASE("vjp of max: of equal maxima only the first one in its group", "[03.19][edge]") {
  const Tensor x = tensor({4, 7, 7, 5, 5, 5}, {2, 3});
  CHECK_TENSOR(vjp(Max({1}, false), one(x), tensor({7, 5}), tensor({10, 20})).at(0),
               values({0, 10, 0, 20, 0, 0}, {2, 3}));
  const Tensor turned =
      wanted(tensor({5, 1, 5, 1}, {2, 2}).transpose(0, 1));  // [[5, 5], [1, 1]], strided
  max(turned, 1).backward(tensor({3, 4}));
  CHECK_TENSOR(turned.grad(), values({3, 0, 4, 0}, {2, 2}));
  const real nan = std::numeric_limits<real>::quiet_NaN();
  CHECK_TENSOR(vjp(Max({0}, false), one(tensor({1, nan, 3})), scalar(nan), scalar(6)).at(0),
               values({0, 6, 0}, {3}));
}

TEST_CASE("vjp of cat: each piece gets its part", "[03.20][core]") {
  const std::vector<Tensor> pieces = {shape_of({2, 1}), shape_of({2, 3}), shape_of({2, 2})};
  const Grads grads = vjp(Cat(1), pieces, none, counting({2, 6}));
  REQUIRE(grads.size() == 3);
  CHECK_TENSOR(grads[0], values({0, 6}, {2, 1}));
  CHECK_TENSOR(grads[1], values({1, 2, 3, 7, 8, 9}, {2, 3}));
  CHECK_TENSOR(grads[2], values({4, 5, 10, 11}, {2, 2}));
}

TEST_CASE("vjp of cat: along the first axis and with an empty piece and one piece twice",
          "[03.20][edge]") {
  const std::vector<Tensor> pieces = {shape_of({0, 2}), shape_of({1, 2}), shape_of({2, 2})};
  const Grads grads = vjp(Cat(0), pieces, none, counting({3, 2}));
  CHECK_SHAPE(grads.at(0), {0, 2});
  CHECK_TENSOR(grads.at(1), values({0, 1}, {1, 2}));
  CHECK_TENSOR(grads.at(2), values({2, 3, 4, 5}, {2, 2}));
  const Tensor x = wanted(tensor({1, 2}));
  cat({x, tensor({9}), x}).backward(tensor({1, 2, 3, 40, 50}));
  CHECK_TENSOR(x.grad(), values({41, 52}, {2}));
}

TEST_CASE("vjp of matmul: the gradient times the other matrix transposed", "[03.21][core]") {
  const Tensor a = wanted(tensor({1, 2, 3, 4, 5, 6}, {2, 3}));
  const Tensor b = wanted(tensor({7, 8, 9, 10, 11, 12}, {3, 2}));
  const Grads grads = vjp(Matmul{}, std::vector<Tensor>{a, b}, none, tensor({1, 0, 0, 10}, {2, 2}));
  CHECK_TENSOR(grads.at(0),
               values({7, 9, 11, 80, 100, 120}, {2, 3}));  // columns 0 and 1 of b, times 1 and 10
  CHECK_TENSOR(grads.at(1), values({1, 40, 2, 50, 3, 60}, {3, 2}));  // rows 0 and 1 of a
}

TEST_CASE("vjp of matmul: a batch axis that was broadcast is summed away", "[03.21][edge]") {
  const Tensor a = wanted(tensor({1, 2, 3, 4}, {2, 1, 2}));  // [1 2] and [3 4]
  const Tensor b = wanted(tensor({10, 20}, {2, 1}));         // one column for both
  const Tensor g = tensor({1, 100}, {2, 1, 1});
  const Grads grads = vjp(Matmul{}, std::vector<Tensor>{a, b}, none, g);
  CHECK_TENSOR(grads.at(0), values({10, 20, 1000, 2000}, {2, 1, 2}));
  CHECK_TENSOR(grads.at(1), values({301, 402}, {2, 1}));  // 1 + 300, 2 + 400
  const Tensor row = wanted(tensor({1, 1}, {1, 1, 2}));   // a batch of one against two
  const Tensor pair = wanted(tensor({1, 2, 3, 4}, {2, 2, 1}));
  const Grads other = vjp(Matmul{}, std::vector<Tensor>{row, pair}, none, g);
  CHECK_TENSOR(other.at(0), values({301, 402}, {1, 1, 2}));
  CHECK_TENSOR(other.at(1), values({1, 1, 100, 100}, {2, 2, 1}));
}

TEST_CASE("vjp of matmul: vectors on either side", "[03.21][edge]") {
  const Tensor a = wanted(tensor({1, 2, 3, 4, 5, 6}, {2, 3}));
  const Tensor v = wanted(tensor({1, 10, 100})), u = wanted(tensor({1, 2}));
  matmul(a, v).backward(tensor({1, 2}));
  CHECK_TENSOR(a.grad(), values({1, 10, 100, 2, 20, 200}, {2, 3}));
  CHECK_TENSOR(v.grad(), values({9, 12, 15}, {3}));  // 1 + 2 * 4, 2 + 2 * 5, 3 + 2 * 6
  v.zero_grad();
  matmul(u, a).backward(tensor({1, 1, 1}));
  CHECK_TENSOR(u.grad(), values({6, 15}, {2}));
  matmul(v, v).backward();  // v . v
  CHECK_TENSOR(v.grad(), values({2, 20, 200}, {3}));
}

TEST_CASE("vjp of matmul: backward costs twice the forward and nothing for constants",
          "[03.21][systems]") {
  const Tensor data = ones({8, 16}), w = wanted(ones({16, 4}));
  const Tensor x = wanted(ones({8, 16}));
  const Index forward = 2 * 8 * 16 * 4;
  const Tensor first_layer = matmul(data, w), inner_layer = matmul(x, w);
  FlopCounter counter;
  first_layer.backward(ones({8, 4}));
  CHECK(counter.of("matmul") == forward);
  inner_layer.backward(ones({8, 4}));
  CHECK(counter.of("matmul") == 3 * forward);
}
