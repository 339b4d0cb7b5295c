// What must hold of any view of any tensor, against plain loops: tests/support/slow.hpp.
#include <tinytorch/tensor.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A tensor and what it must read as.
struct Pair {
  Tensor t;
  Values v;
};

/// One view more; with `one_to_one` none that may copy, and none that repeats numbers.
Pair viewed(Pair p, Random& random, bool one_to_one) {
  const Index axes = p.t.dim();
  const Index axis = axes == 0 ? 0 : random.below(axes);
  const std::size_t at = static_cast<std::size_t>(axis);
  switch (random.below(one_to_one ? 4 : 6)) {
    case 0: {
      const Shape order = random.order(axes);
      return {p.t.permute(order), slow::permute(p.v, order)};
    }
    case 1: {
      if (axes == 0) return p;
      const Index size = p.v.shape[at], start = random.below(size), step = random.between(1, 2);
      const Index count = random.between(1, (size - start - 1) / step + 1);
      return {p.t.slice(axis, start, start + (count - 1) * step + 1, step),
              slow::slice(p.v, at, start, count, step)};
    }
    case 2: {
      if (axes == 0) return p;
      const Index i = random.below(p.v.shape[at]);
      Values v = slow::slice(p.v, at, i, 1, 1);
      v.shape.erase(at);
      return {p.t.select(axis, i), v};
    }
    case 3: {
      if (axes > 4) return p;
      const Index place = random.below(axes + 1);
      Values v = p.v;
      v.shape.insert(static_cast<std::size_t>(place), 1);
      return {p.t.unsqueeze(place), v};
    }
    case 4: {
      Shape shape = p.v.shape;
      for (Index& size : shape) size = size == 1 ? random.between(1, 2) : size;
      return {p.t.expand(shape), slow::expand(p.v, shape)};
    }
    default: {
      const Shape shape = {p.t.numel()};
      return {p.t.reshape(shape), {p.v.numbers, shape}};
    }
  }
}

}  // namespace

TEST_CASE("properties of 01: views of views read what plain loops read", "[01][property]") {
  for_each_seed(200, [](Random& random) {
    Pair p;
    p.v = slow::random_values(random, random.shape());
    p.t = slow::somewhere(p.v, random);
    for (int i = 0; i < 6; ++i) p = viewed(p, random, false);
    CHECK_TENSOR_NEAR(p.t, p.v, 0);
    CHECK_TENSOR_NEAR(p.t.contiguous(), p.v, 0);
    CHECK_TENSOR_NEAR(p.t.clone(), p.v, 0);
  });
}

TEST_CASE("properties of 01: writing to a view of views changes that one number",
          "[01][property]") {
  for_each_seed(100, [](Random& random) {
    const Shape shape = random.shape(1);
    Values numbered = slow::filled(shape, 0);
    for (std::size_t i = 0; i < numbered.numbers.size(); ++i) numbered.numbers[i] = double(i);
    const Tensor base = slow::somewhere(numbered, random);
    Pair p{base, numbered};
    for (int i = 0; i < 4; ++i) p = viewed(p, random, true);
    const auto indices = all_indices(p.v.shape);
    const Shape index = indices[static_cast<std::size_t>(random.below(Index(indices.size())))];
    const double which = slow::at(p.v, index);
    p.t.set(index, -1);
    numbered.numbers[static_cast<std::size_t>(which)] = -1;
    CHECK_TENSOR_NEAR(base, numbered, 0);
  });
}

TEST_CASE("properties of 01: reshape there and back", "[01][property]") {
  for_each_seed(100, [](Random& random) {
    const Values v = slow::random_values(random, random.shape(1));
    const Tensor t = slow::somewhere(v, random);
    Shape other;  // the factors of numel, one by one
    for (Index rest = t.numel(), factor = 2; rest > 1;) {
      if (rest % factor == 0) {
        other.push_back(factor);
        rest /= factor;
      } else {
        ++factor;
      }
    }
    const Tensor there = t.reshape(other);
    CHECK_TENSOR_NEAR(there, values(v.numbers, other), 0);
    CHECK_TENSOR_NEAR(there.reshape(v.shape), v, 0);
    CHECK_TENSOR_NEAR(t.flatten(0), values(v.numbers, {t.numel()}), 0);
  });
}
