// support / index_tensor.hpp: whole numbers with a shape: labels, token ids, the result of argmax.
//
// An IndexTensor is always contiguous, never has a gradient, and copying it copies a pointer, as
// with Tensor.
//   index_tensor({1, 0, 4, 2}, {4})      from a list
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/shape.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

class [[nodiscard]] IndexTensor {
 public:
  IndexTensor() = default;
  IndexTensor(std::vector<Index> values, Shape shape)
      : values_(std::make_shared<std::vector<Index>>(std::move(values))), shape_(std::move(shape)) {
    Index count = 1;
    for (const Index n : shape_) count *= n;
    if (count != numel()) {
      throw ShapeError("index_tensor: expects " + std::to_string(count) + " numbers for shape " +
                       to_string(shape_) + ", got " + std::to_string(numel()));
    }
  }

  bool defined() const { return values_ != nullptr; }
  const Shape& shape() const { return shape_; }
  Index dim() const { return static_cast<Index>(shape_.size()); }
  Index size(Index axis) const { return shape_[wrap_axis(axis, shape_.size(), "size")]; }
  Index numel() const { return values_ ? static_cast<Index>(values_->size()) : 0; }
  Index* data() const { return values_ ? values_->data() : nullptr; }

  /// The number at position `i` in row-major order.
  Index operator[](Index i) const { return data()[i]; }

  /// The number at a full index, one entry an axis; negative entries count from the back.
  Index at(const Shape& index) const { return data()[offset_of(index)]; }
  void set(const Shape& index, Index value) { data()[offset_of(index)] = value; }

  /// The only number of a tensor that has one.
  Index item() const {
    if (numel() != 1) {
      throw ShapeError("item: expects exactly one element, got shape " + to_string(shape_));
    }
    return data()[0];
  }

  /// The same numbers under another shape of as many elements.
  IndexTensor reshape(const Shape& shape) const {
    IndexTensor other(*this);
    Index count = 1;
    for (const Index n : shape) count *= n;
    if (count != numel()) {
      throw ShapeError("reshape: expects a shape of " + std::to_string(numel()) +
                       " elements, got " + tinytorch::to_string(shape));
    }
    other.shape_ = shape;
    return other;
  }

  std::vector<Index> to_vector() const { return values_ ? *values_ : std::vector<Index>{}; }

 private:
  Index offset_of(const Shape& index) const {
    if (index.size() != shape_.size()) {
      throw IndexError("at: expects " + std::to_string(shape_.size()) + " indices for shape " +
                       to_string(shape_) + ", got " + to_string(index));
    }
    Index offset = 0;
    for (std::size_t axis = 0; axis < shape_.size(); ++axis) {
      const Index i = index[axis] < 0 ? index[axis] + shape_[axis] : index[axis];
      if (i < 0 || i >= shape_[axis]) {
        throw IndexError("at: expects an index inside " + to_string(shape_) + ", got " +
                         to_string(index));
      }
      offset = offset * shape_[axis] + i;
    }
    return offset;
  }

  std::shared_ptr<std::vector<Index>> values_;
  Shape shape_;
};

inline IndexTensor index_tensor(std::vector<Index> values, Shape shape) {
  return IndexTensor(std::move(values), std::move(shape));
}
inline IndexTensor index_tensor(std::initializer_list<Index> values, Shape shape) {
  return IndexTensor(std::vector<Index>(values), std::move(shape));
}

}  // namespace tinytorch
