// 01_tensor / print.hpp: a tensor as text.
//
//   [[1, 2, 3],
//    [4, 5, 6]]
// One line a row, a blank line between matrices; an axis longer than 12 shows its first and last 4.
#pragma once
#include <cstdio>
#include <ostream>
#include <string>

#include <tinytorch/tensor/views.hpp>

namespace tinytorch {

namespace detail {

/// Up to six significant digits, no trailing zeros: 1, 0.5, -3.14159, 1e-08, nan.
inline std::string number_text(real value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", static_cast<double>(value));
  return text;
}

}  // namespace detail

/// Text of `t`, whose brackets stand `indent` columns from the left margin.
///
/// Goal        To see what you compute; it must be right for views, too.
/// Background  A tensor is a list of tensors with one axis fewer, down to single numbers:
///             recursion.
/// Examples    scalar 5 -> "5";  shape [0] -> "[]";  [[1, 2], [3, 4]] -> "[[1, 2],\n [3, 4]]"
/// Cost        O(what is shown), not O(numel)
inline std::string tensor_text(const Tensor& t, std::size_t indent = 0) {
  if (t.dim() == 0) return detail::number_text(t.item());
  const Index n = t.size(0);
  const Index edge = 4;
  const bool shortened = n > 12;
  // A row goes on in the same line; an axis of rows starts a new line, an axis of matrices leaves
  // one free.
  const std::string separator =
      t.dim() == 1 ? ", "
                   : "," + std::string(static_cast<std::size_t>(t.dim() - 1), '\n') +
                         std::string(indent + 1, ' ');
  // TODO(01.15): "[", the parts t.select(0, i) joined by `separator`, "]".
  // HINT: if `shortened`, after `edge` parts put "..." as one part and go on with the last `edge`.
  // BEGIN SOLUTION 01.15
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (i > 0) text += separator;
    if (shortened && i == edge) {
      text += "...";
      i = n - edge - 1;
      continue;
    }
    text += tensor_text(t.select(0, i), indent + 1);
  }
  return text + "]";
  // END SOLUTION 01.15
}

inline std::string Tensor::to_string() const { return tensor_text(detach()); }

inline std::ostream& operator<<(std::ostream& out, const Tensor& t) {
  return out << (t.defined() ? t.to_string() : "undefined tensor");
}

}  // namespace tinytorch
