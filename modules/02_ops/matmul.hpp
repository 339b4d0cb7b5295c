// 02_ops / matmul.hpp: matrix products, the operation that all training time goes into.
//
// Three loops in any order give the same sums. The order decides how memory is read, and with it
// the speed: for 512 x 512 matrices the ikj order below runs about nine times as fast as ijk
// (README.md).
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include <tinytorch/ops/broadcast.hpp>
#include <tinytorch/ops/gemm.hpp>
#include <tinytorch/ops/matrix.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

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

namespace detail {

/// Is gemm written, and does it give what ikj gives? Found out once, so that who leaves the stretch
/// for later, or has it half done, still has a matmul that works.
inline bool gemm_is_right() {
  constexpr Index m = 13, k = 300, n = 70;  // no multiples of a tile, more than one block deep
  std::vector<real> a(m * k), b(k * n), expected(m * n), got(m * n);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<real>(i % 7) - 3;
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<real>(i % 5) - 2;
  const Matrix left{a.data(), m, k, 1, m}, right{b.data(), k, n, n, 1};
  const TodoRecord before = todo_record();
  try {
    matmul_ikj(left, right, {expected.data(), m, n, n, 1});
    gemm(left, right, {got.data(), m, n, n, 1});
  } catch (const NotImplemented&) {
    todo_record() = before;  // nobody asked for these blanks yet
    return false;
  }
  return got == expected;  // small whole numbers: no rounding in any order
}

/// C = A B with the loops that suit the sizes.
inline void multiply(const Matrix& a, const Matrix& b, const Matrix& c) {
  // Packing takes time, too: it pays if each number that is packed is used often enough.
  const bool pays = a.rows >= 4 && b.cols >= 4 && a.rows * b.cols * a.cols >= 1 << 15;
  if (pays) {
    static const bool has_gemm = gemm_is_right();
    if (has_gemm) return gemm(a, b, c);
  }
  if (b.col_stride == 1) return matmul_ikj(a, b, c);
  std::vector<real> copy(static_cast<std::size_t>(b.rows * b.cols));  // ikj wants rows in one piece
  const Matrix rows{copy.data(), b.rows, b.cols, b.cols, 1};
  for (Index k = 0; k < b.rows; ++k) {
    for (Index j = 0; j < b.cols; ++j) *rows.at(k, j) = *b.at(k, j);
  }
  matmul_ikj(a, rows, c);
}

}  // namespace detail

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
    // TODO(02.18): for each index of the batch axes multiply one pair of matrices with
    // detail::multiply.
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
