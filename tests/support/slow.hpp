// tests / slow.hpp: tensors as plain loops over index tuples. Nothing of the framework computes here.
//
//   CHECK_TENSOR(a + b, slow::combine(read(a), read(b), std::plus<>()));
// What a property test compares with: too simple to be wrong in the same way as strides and kernels can be.
#pragma once
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "seeds.hpp"
#include "tensor_close.hpp"

namespace tt_test::slow {

/// The number at an index, by counting in row-major order.
inline double& at(Values& v, const Shape& index) {
  std::size_t place = 0;
  for (std::size_t axis = 0; axis < v.shape.size(); ++axis) {
    place = place * static_cast<std::size_t>(v.shape[axis]) + static_cast<std::size_t>(index[axis]);
  }
  return v.numbers.at(place);
}
inline double at(const Values& v, const Shape& index) { return at(const_cast<Values&>(v), index); }

inline Values filled(const Shape& shape, double number) {
  return {std::vector<double>(all_indices(shape).size(), number), shape};
}

inline Values random_values(Random& random, const Shape& shape) {
  Values v = filled(shape, 0);
  for (double& x : v.numbers) x = random.number();
  return v;
}

/// Each number of the result is the one of `v` at source(index).
inline Values gather(const Values& v, const Shape& shape,
                     const std::function<Shape(const Shape&)>& source) {
  Values out = filled(shape, 0);
  for (const Shape& index : all_indices(shape)) at(out, index) = at(v, source(index));
  return out;
}

inline Values permute(const Values& v, const Shape& order) {
  Shape shape;
  for (const Index axis : order) shape.push_back(v.shape[static_cast<std::size_t>(axis)]);
  return gather(v, shape, [&](const Shape& index) {
    Shape from = index;
    for (std::size_t i = 0; i < order.size(); ++i)
      from[static_cast<std::size_t>(order[i])] = index[i];
    return from;
  });
}

inline Values slice(const Values& v, std::size_t axis, Index start, Index count, Index step) {
  Shape shape = v.shape;
  shape[axis] = count;
  return gather(v, shape, [&](Shape index) {
    index[axis] = start + index[axis] * step;
    return index;
  });
}

/// The index of an operand that broadcasts: missing axes left out, 0 along axes of size 1.
inline Shape broadcast_index(const Shape& index, const Shape& shape) {
  Shape from = shape;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    from[i] = shape[i] == 1 ? 0 : index[index.size() - shape.size() + i];
  }
  return from;
}

inline Values expand(const Values& v, const Shape& shape) {
  return gather(v, shape, [&](const Shape& index) { return broadcast_index(index, v.shape); });
}

inline Shape broadcast(const Shape& a, const Shape& b) {
  Shape shape = a.size() >= b.size() ? a : b;
  const Shape& other = a.size() >= b.size() ? b : a;
  for (std::size_t i = 0; i < other.size(); ++i) {
    Index& size = shape[shape.size() - other.size() + i];
    size = std::max(size, other[i]);
  }
  return shape;
}

inline Values combine(const Values& a, const Values& b,
                      const std::function<double(double, double)>& f) {
  Values out = filled(broadcast(a.shape, b.shape), 0);
  for (const Shape& index : all_indices(out.shape)) {
    at(out, index) =
        f(at(a, broadcast_index(index, a.shape)), at(b, broadcast_index(index, b.shape)));
  }
  return out;
}

inline Values map(Values v, const std::function<double(double)>& f) {
  for (double& x : v.numbers) x = f(x);
  return v;
}

/// Folds f over the axes that are marked; they stay with size 1.
inline Values reduce(const Values& v, const std::vector<bool>& over, double start,
                     const std::function<double(double, double)>& f) {
  Shape shape = v.shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    shape[axis] = over[axis] ? 1 : shape[axis];
  Values out = filled(shape, start);
  for (const Shape& index : all_indices(v.shape)) {
    double& sum = at(out, broadcast_index(index, shape));
    sum = f(sum, at(v, index));
  }
  return out;
}

inline std::vector<bool> only(std::size_t axis, std::size_t axes) {
  std::vector<bool> marks(axes, false);
  marks.at(axis) = true;
  return marks;
}

/// [*, M, K] x [*, K, N], the leading axes broadcast.
inline Values matmul(const Values& a, const Values& b) {
  const std::size_t ra = a.shape.size(), rb = b.shape.size();
  Shape shape = broadcast(Shape(a.shape.begin(), a.shape.end() - 2),
                          Shape(b.shape.begin(), b.shape.end() - 2));
  shape.push_back(a.shape[ra - 2]);
  shape.push_back(b.shape[rb - 1]);
  Values out = filled(shape, 0);
  for (const Shape& index : all_indices(shape)) {
    const Shape batch(index.begin(), index.end() - 2);
    for (Index k = 0; k < a.shape[ra - 1]; ++k) {
      Shape left = broadcast_index(batch, Shape(a.shape.begin(), a.shape.end() - 2));
      Shape right = broadcast_index(batch, Shape(b.shape.begin(), b.shape.end() - 2));
      left.push_back(index[index.size() - 2]);
      left.push_back(k);
      right.push_back(k);
      right.push_back(index.back());
      at(out, index) += at(a, left) * at(b, right);
    }
  }
  return out;
}

inline Values softmax(const Values& v, std::size_t axis) {
  const auto over = only(axis, v.shape.size());
  const Values top = reduce(v, over, -std::numeric_limits<double>::infinity(),
                            [](double a, double b) { return std::max(a, b); });
  const Values e = map(combine(v, top, std::minus<>()), [](double x) { return std::exp(x); });
  return combine(e, reduce(e, over, 0, std::plus<>()), std::divides<>());
}

/// A tensor that reads as `v` and lies in memory in some other way: axes in another order, gaps, an offset.
inline Tensor somewhere(const Values& v, Random& random) {
  const Shape order = random.order(static_cast<Index>(v.shape.size()));
  Shape room, back = order;
  std::vector<Index> steps;
  for (std::size_t i = 0; i < order.size(); ++i) {
    steps.push_back(random.between(1, 2));
    room.push_back(v.shape[static_cast<std::size_t>(order[i])] * steps[i] + 1);
    back[static_cast<std::size_t>(order[i])] = static_cast<Index>(i);
  }
  Tensor t = tinytorch::full(room, 99);
  for (std::size_t i = 0; i < order.size(); ++i) {
    t = t.slice(static_cast<Index>(i), 1, room[i], steps[i]);
  }
  t = t.permute(back);
  for (const Shape& index : all_indices(v.shape)) t.set(index, static_cast<real>(at(v, index)));
  return t;
}

/// A random tensor somewhere in memory.
inline Tensor random_tensor(Random& random, const Shape& shape) {
  return somewhere(random_values(random, shape), random);
}

}  // namespace tt_test::slow
