// What must hold of any operation on any views, against plain loops: tests/support/slow.hpp.
#include <tinytorch/ops.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A shape that broadcasts with `shape`: fewer axes, some of size 1.
Shape broadcastable(const Shape& shape, Random& random) {
  const Index drop = random.below(Index(shape.size()) + 1);
  Shape other(shape.begin() + drop, shape.end());
  for (Index& size : other) size = random.coin() ? 1 : size;
  return other;
}

}  // namespace

TEST_CASE("properties of 02: two operands broadcast as plain loops do", "[02][property]") {
  for_each_seed(100, [](Random& random) {
    const Shape shape = random.shape();
    Values a = slow::random_values(random, shape);
    Values b = slow::random_values(random, broadcastable(shape, random));
    if (random.coin()) std::swap(a, b);
    const Tensor x = slow::somewhere(a, random), y = slow::somewhere(b, random);
    CHECK_TENSOR(x + y, slow::combine(a, b, std::plus<>()));
    CHECK_TENSOR(x - y, slow::combine(a, b, std::minus<>()));
    CHECK_TENSOR(x * y, slow::combine(a, b, std::multiplies<>()));
    CHECK_TENSOR(maximum(x, y),
                 slow::combine(a, b, [](double p, double q) { return std::max(p, q); }));
    CHECK_TENSOR(minimum(x, y),
                 slow::combine(a, b, [](double p, double q) { return std::min(p, q); }));
    CHECK_TENSOR(exp(x), slow::map(a, [](double p) { return std::exp(p); }));
  });
}

TEST_CASE("properties of 02: reductions over any axes", "[02][property]") {
  for_each_seed(100, [](Random& random) {
    const Values v = slow::random_values(random, random.shape(1));
    const Tensor x = slow::somewhere(v, random);
    std::vector<bool> over(v.shape.size(), false);
    Shape axes;
    double count = 1;
    for (const Index axis : random.order(Index(v.shape.size()))) {
      const std::size_t at = static_cast<std::size_t>(axis);
      if (random.coin() && !axes.empty()) continue;
      over[at] = true;
      axes.push_back(random.coin() ? axis : axis - Index(v.shape.size()));
      count *= double(v.shape[at]);
    }
    const Values total = slow::reduce(v, over, 0, std::plus<>());
    CHECK_TENSOR(sum(x, axes, true), total);
    CHECK_TENSOR(mean(x, axes, true), slow::map(total, [&](double s) { return s / count; }));
    const std::size_t axis = static_cast<std::size_t>(random.below(Index(v.shape.size())));
    const auto along = slow::only(axis, v.shape.size());
    CHECK_TENSOR(max(x, Index(axis), true),
                 slow::reduce(v, along, -9, [](double p, double q) { return std::max(p, q); }));
    CHECK_TENSOR(min(x, Index(axis), true),
                 slow::reduce(v, along, 9, [](double p, double q) { return std::min(p, q); }));
  });
}

TEST_CASE("properties of 02: matmul of any batches, and of any views", "[02][property]") {
  for_each_seed(60, [](Random& random) {
    const Shape batch = random.shape(0, 2, 3);
    Shape a = batch, b = broadcastable(batch, random);
    const Index inner = random.between(1, 5);
    a.push_back(random.between(1, 5));
    a.push_back(inner);
    b.push_back(inner);
    b.push_back(random.between(1, 5));
    const Values p = slow::random_values(random, a), q = slow::random_values(random, b);
    CHECK_TENSOR(matmul(slow::somewhere(p, random), slow::somewhere(q, random)),
                 slow::matmul(p, q));
  });
}

TEST_CASE("properties of 02: cat puts together what slices took apart", "[02][property]") {
  for_each_seed(60, [](Random& random) {
    const Values v = slow::random_values(random, random.shape(1));
    const Tensor x = slow::somewhere(v, random);
    const Index axis = random.below(x.dim()), size = x.size(axis);
    std::vector<Tensor> parts, rows;
    for (Index start = 0; start < size;) {
      const Index stop = random.between(start + 1, size);
      parts.push_back(x.slice(axis, start, stop));
      start = stop;
    }
    for (Index i = 0; i < size; ++i) rows.push_back(x.select(axis, i));
    CHECK_TENSOR_NEAR(cat(parts, axis), v, 0);
    CHECK_TENSOR_NEAR(stack(rows, axis), v, 0);
  });
}
