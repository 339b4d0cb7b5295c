// grader / observe / tensors.hpp: random tensors as input, tensors as what is seen.
//
// Both go by shape, strides, offset and memory, which are given code, so that an observation of
// module 02 does not fail because a view of module 01 is wrong.
#pragma once
#include <tinytorch/tensor.hpp>

#include "observe.hpp"

namespace observe {

using tinytorch::Tensor;

inline std::size_t count_of(const Shape& shape) {
  Index count = 1;
  for (const Index n : shape) count *= n;
  return static_cast<std::size_t>(count);
}

/// A row-major tensor with these numbers.
inline Tensor tensor_of(const std::vector<double>& values, const Shape& shape) {
  const auto storage = std::make_shared<tinytorch::Storage>(static_cast<Index>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) storage->data()[i] = static_cast<real>(values[i]);
  Shape strides(shape.size());
  Index step = 1;
  for (std::size_t axis = shape.size(); axis-- > 0; step *= shape[axis]) strides[axis] = step;
  return Tensor(storage, shape, strides, 0);
}

inline Tensor random_tensor(Case& c, const Shape& shape, double low = -2, double high = 2) {
  std::vector<double> values(count_of(shape));
  for (double& value : values) value = c.number(low, high);
  return tensor_of(values, shape);
}

/// The same numbers as `t` (row-major) behind permuted strides, an offset, and perhaps a gap.
inline Tensor hidden_in_view(Case& c, const Tensor& t) {
  const Shape shape = t.shape();
  const auto order = c.permutation(static_cast<Index>(shape.size()));
  const Index gap = c.whole(1, 2), offset = c.whole(0, 3);
  Shape strides(shape.size());
  Index step = gap;
  for (const Index axis : order) {
    strides[static_cast<std::size_t>(axis)] = step;
    step *= std::max<Index>(shape[static_cast<std::size_t>(axis)], 1);
  }
  const auto storage = std::make_shared<tinytorch::Storage>(offset + step);
  std::fill_n(storage->data(), offset + step, real(-999));  // what a wrong step reads
  const Tensor view(storage, shape, strides, offset);
  Shape index(shape.size());
  for (std::size_t i = 0; i < count_of(shape); ++i) {
    Index place = offset;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) place += index[axis] * strides[axis];
    storage->data()[place] = t.data()[i];
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return view;
}

/// A random tensor that is row-major in one of two cases, and a view in the other.
inline Tensor any_tensor(Case& c, const Shape& shape, double low = -2, double high = 2) {
  const Tensor t = random_tensor(c, shape, low, high);
  return c.coin() ? hidden_in_view(c, t) : t;
}

/// Two shapes that broadcast: of a common one, each drops leading axes and makes some sizes 1.
inline std::pair<Shape, Shape> broadcasting_shapes(Case& c) {
  const Shape common = c.shape(0, 4);
  const auto reduced = [&] {
    const Index dropped = c.whole(0, static_cast<Index>(common.size()));
    Shape shape(common.begin() + dropped, common.end());
    for (Index& n : shape) {
      if (c.whole(0, 2) == 0) n = 1;
    }
    return shape;
  };
  return {reduced(), reduced()};
}

/// Shape and numbers.
inline void see(Case& c, const Tensor& t) {
  if (!t.defined()) {
    see(c, "undefined");
    return;
  }
  const Shape shape = t.shape();
  see(c, shape);
  std::vector<double> values;
  Shape index(shape.size());
  const std::size_t count = std::min<std::size_t>(count_of(shape), 1 << 16);
  for (std::size_t i = 0; i < count; ++i) {
    Index place = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
      place += index[axis] * t.strides()[axis];
    values.push_back(static_cast<double>(t.data()[place]));
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  see(c, values);
}

/// How a view looks at its storage, besides what it sees there.
inline void see_layout(Case& c, const Tensor& t) {
  see(c, t.strides());
  see(c, t.offset());
}

}  // namespace observe
