// support / shape.hpp: a short list of sizes (or strides, or axes).
//
// A Shape behaves like a std::vector<Index>. It differs in one thing: up to six entries live inside
// the object, so that a tensor of an ordinary rank needs no extra allocation for its shape and
// strides.
// In PyTorch: c10/core/impl/SizesAndStrides.h keeps five inline for the same reason.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <ostream>
#include <string>
#include <type_traits>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

class Shape {
 public:
  using value_type = Index;
  using iterator = Index*;
  using const_iterator = const Index*;

  Shape() = default;
  explicit Shape(std::size_t rank, Index value = 0) { resize(rank, value); }
  Shape(std::initializer_list<Index> sizes) : Shape(sizes.begin(), sizes.end()) {}
  template <class Iterator>
  requires(!std::is_arithmetic_v<Iterator>) Shape(Iterator first, Iterator last) {
    for (; first != last; ++first) push_back(static_cast<Index>(*first));
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Index* data() { return size_ <= inline_capacity ? small_.data() : large_.data(); }
  const Index* data() const { return size_ <= inline_capacity ? small_.data() : large_.data(); }
  Index* begin() { return data(); }
  Index* end() { return data() + size_; }
  const Index* begin() const { return data(); }
  const Index* end() const { return data() + size_; }
  Index& operator[](std::size_t i) { return data()[i]; }
  const Index& operator[](std::size_t i) const { return data()[i]; }
  Index& back() { return data()[size_ - 1]; }
  const Index& back() const { return data()[size_ - 1]; }

  void push_back(Index value) { resize(size_ + 1, value); }

  void pop_back() { resize(size_ - 1); }

  /// Puts `value` before position `at`.
  void insert(std::size_t at, Index value) {
    push_back(value);
    std::rotate(begin() + at, end() - 1, end());
  }

  /// Takes the entry at position `at` out.
  void erase(std::size_t at) {
    std::copy(begin() + at + 1, end(), begin() + at);
    pop_back();
  }

  friend bool operator==(const Shape& a, const Shape& b) {
    return a.size_ == b.size_ && std::equal(a.begin(), a.end(), b.begin());
  }

 private:
  static constexpr std::size_t inline_capacity = 6;

  void resize(std::size_t size, Index value = 0) {
    if (size > inline_capacity) {
      if (size_ <= inline_capacity) large_.assign(small_.begin(), small_.begin() + size_);
      large_.resize(size, value);
    } else {
      if (size_ > inline_capacity) std::copy_n(large_.begin(), size, small_.begin());
      for (std::size_t i = size_; i < size; ++i) small_[i] = value;
    }
    size_ = size;
  }

  std::size_t size_ = 0;
  std::array<Index, inline_capacity> small_{};
  std::vector<Index> large_;  // in use only for more than inline_capacity entries
};

/// [2, 3, 4]
inline std::string to_string(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(shape[i]);
  }
  return text + "]";
}

inline std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  return out << to_string(shape);
}

/// An axis counted from the front, 0 .. rank-1; negative ones count from the back, as in Python.
inline std::size_t wrap_axis(Index axis, std::size_t rank, const std::string& who) {
  const Index n = static_cast<Index>(rank);
  if (axis < -n || axis >= n) {
    throw IndexError(who + ": expects an axis " +
                     (n == 0 ? "of a tensor that has axes"
                             : "in [" + std::to_string(-n) + ", " + std::to_string(n - 1) + "]") +
                     ", got " + std::to_string(axis) + (n == 0 ? " for a scalar (shape [])" : ""));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + n : axis);
}

}  // namespace tinytorch
