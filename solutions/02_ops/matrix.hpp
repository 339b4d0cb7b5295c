// 02_ops / matrix.hpp: a matrix in memory, as the loops of a product see it. Given code.
#pragma once
#include <tinytorch/support/types.hpp>

namespace tinytorch {

/// Where it begins, its sizes, and how far apart rows and columns are.
struct Matrix {
  real* data;
  Index rows, cols;
  Index row_stride, col_stride;

  /// Element (i, j).
  real* at(Index i, Index j) const { return data + i * row_stride + j * col_stride; }
  /// The same numbers with rows for columns: nothing is moved.
  Matrix transposed() const { return {data, cols, rows, col_stride, row_stride}; }
  /// `height` rows and `width` columns from element (i, j) on.
  Matrix block(Index i, Index j, Index height, Index width) const {
    return {at(i, j), height, width, row_stride, col_stride};
  }
};

}  // namespace tinytorch
