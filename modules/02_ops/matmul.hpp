// 02_ops / matmul.hpp: matrix products, the operation that all training time goes into.
//
// Three loops in any order give the same sums. The order decides how memory is read, and with it
// the speed: for 512 x 512 matrices the ikj order below runs about nine times as fast as ijk
// (README.md).
#pragma once
#include <algorithm>
#include <string>

#include <tinytorch/ops/broadcast.hpp>

namespace tinytorch {

/// A matrix in memory: where it begins, its sizes, and how far apart rows and columns are.
struct Matrix {
  real* data;
  Index rows, cols;
  Index row_stride, col_stride;
};

/// C = A B, each element of C as one dot product: rows of A times columns of B.
///
/// Goal        The definition, to check faster code against.
/// Background  The inner loop steps down a column of B, K * row_stride numbers apart: every read of
///             B touches another cache line, of which one number in sixteen is used.
/// Cost        2 * M * N * K floating-point operations
inline void matmul_ijk(const Matrix& a, const Matrix& b, const Matrix& c) {
  // TODO(02.14): for each row i of a and each column j of b, sum over k.
  // HINT: element (i, j) of a lies at a.data[i * a.row_stride + j * a.col_stride].
  todo("02.14", "matmul_ijk");
}

/// C = A B, a row of C at a time: add a(i, k) times row k of B, for all k.
///
/// Goal        The same sums in an order that memory likes.
/// Background  The inner loop runs along a row of B and a row of C. With col_stride 1 for both,
///             which the caller ensures, it is a plain loop over two arrays: a compiler makes
///             vector instructions of it (-O3), eight or sixteen products at a time.
/// Cost        the same 2 * M * N * K operations; B is read in order, cache line by cache line
/// In PyTorch  aten/src/ATen/native/CPUBlas.cpp, gemm: hands over to a BLAS library
inline void matmul_ikj(const Matrix& a, const Matrix& b, const Matrix& c) {
  // TODO(02.15): set each row of c to 0, then add a(i, k) * row k of b to it. b and c have
  // col_stride 1.
  // HINT: hold pointers to the two rows in local variables, so that the inner loop is c_row[j] += x
  // HINT: * b_row[j].
  todo("02.15", "matmul_ikj");
}

/// The shape of a product: [*, M, K] x [*, K, N] -> [*, M, N], where the leading axes broadcast.
///
/// Examples    [2, 3] x [3, 5] -> [2, 5];  [7, 2, 3] x [3, 5] -> [7, 2, 5];  [4, 1, 2, 3] x [6, 3,
///             5] -> [4, 6, 2, 5]
inline Shape matmul_shape(const Shape& a, const Shape& b) {
  const auto refuse = [&](const std::string& why) {
    throw ShapeError("matmul: expects [*, M, K] x [*, K, N], got " + to_string(a) + " x " +
                     to_string(b) + "\n  " + why);
  };
  // TODO(02.16): check the inner sizes, broadcast the leading axes, append M and N.
  // HINT: refuse("the inner sizes 3 and 4 differ") says what matmul wants and what it got.
  // HINT: fewer than two axes is to be refused, too.
  todo("02.16", "matmul_shape");
}

/// Matrix product over the last two axes, for each index of the leading ones.
///
/// Goal        One operation for a matrix, a batch of matrices, and a batch times one matrix.
/// Background  A batch axis that is broadcast has stride 0: the same matrix is read again, not
///             copied.
/// Cost        2 * numel(result) * K operations; keeps a and b until backward
/// In PyTorch  aten/src/ATen/native/LinearAlgebra.cpp, _matmul_impl and bmm
struct Matmul : Primitive {
  const char* name() const override { return "matmul"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }

  Index flops(Inputs in, const Tensor& output) const override {
    // TODO(02.17): a multiplication and an addition for each of K terms of each element of the
    // result.
    // HINT: K is the last size of in[0].
    todo("02.17", "matmul_flops");
  }

  Tensor forward(Inputs in) const override {
    const Shape shape = matmul_shape(in[0].shape(), in[1].shape());
    Tensor out = empty(shape);
    const Index m = shape[shape.size() - 2], n = shape.back(), k = in[0].size(-1);
    const Shape batch(shape.begin(), shape.end() - 2);
    // Rows of b must be contiguous for ikj; a may have any strides.
    const Tensor b = in[1].strides().back() == 1 ? in[1] : in[1].contiguous();
    // TODO(02.18): for each index of the batch axes multiply one pair of matrices with matmul_ikj.
    // HINT: expand a and b to batch + [M, K] and batch + [K, N]; their leading strides say where a
    // HINT: matrix begins.
    // HINT: for_each_row calls once a row. Which shape makes it call once a matrix? batch + [1].
    todo("02.18", "matmul");
  }
};

/// Matrix product. A vector counts as a row on the left and as a column on the right, as in
/// PyTorch: [K] x [K, N] -> [N];  [M, K] x [K] -> [M];  [K] x [K] -> [].
///
/// Where many matrices meet a single one, [*, M, K] x [K, N], their rows become one tall matrix:
/// the gradient of the single one is then one product, too, and not one a batch entry to be added
/// up.
inline Tensor matmul(const Tensor& a, const Tensor& b) {
  if (a.dim() == 0 || b.dim() == 0) (void)matmul_shape(a.shape(), b.shape());  // throws
  if (a.dim() == 1) return matmul(a.unsqueeze(0), b).squeeze(b.dim() == 1 ? 0 : -2);
  if (b.dim() == 1) return matmul(a, b.unsqueeze(1)).squeeze(-1);
  const Shape shape = matmul_shape(a.shape(), b.shape());
  if (a.dim() > 2 && b.dim() == 2 && a.numel() > 0) {
    return apply(Matmul{}, {a.reshape({-1, a.size(-1)}), b}).reshape(shape);
  }
  return apply(Matmul{}, {a, b});
}

}  // namespace tinytorch
