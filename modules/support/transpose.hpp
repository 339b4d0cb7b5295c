// support / transpose.hpp: a matrix is written the other way round, four by four numbers at a time.
//
//   transpose(from, from_step, rows, cols, to, to_step)
// Number by number, a transposition reads one number and writes one number sixteen times for sixteen
// numbers. In registers it is four reads, eight exchanges and four writes.
#pragma once
#include <tinytorch/support/types.hpp>

namespace tinytorch {
namespace detail {

/// The block at `from`, 4 rows `from_step` numbers apart, becomes 4 columns at `to`.
inline void transpose_4_by_4(const real* from, Index from_step, real* to, Index to_step) {
  typedef real Four
      __attribute__((vector_size(4 * sizeof(real)), aligned(sizeof(real)), may_alias));
  // Read and written through pointers: how a vector of this size is passed to a function depends on
  // the processor.
  const Four& a = *reinterpret_cast<const Four*>(from);
  const Four& b = *reinterpret_cast<const Four*>(from + from_step);
  const Four& c = *reinterpret_cast<const Four*>(from + 2 * from_step);
  const Four& d = *reinterpret_cast<const Four*>(from + 3 * from_step);
  const Four ab_left = __builtin_shufflevector(a, b, 0, 4, 1, 5);   // a0 b0 a1 b1
  const Four ab_right = __builtin_shufflevector(a, b, 2, 6, 3, 7);  // a2 b2 a3 b3
  const Four cd_left = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Four cd_right = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  *reinterpret_cast<Four*>(to) = __builtin_shufflevector(ab_left, cd_left, 0, 1, 4, 5);
  *reinterpret_cast<Four*>(to + to_step) = __builtin_shufflevector(ab_left, cd_left, 2, 3, 6, 7);
  *reinterpret_cast<Four*>(to + 2 * to_step) =
      __builtin_shufflevector(ab_right, cd_right, 0, 1, 4, 5);
  *reinterpret_cast<Four*>(to + 3 * to_step) =
      __builtin_shufflevector(ab_right, cd_right, 2, 3, 6, 7);
}

}  // namespace detail

/// to[k * to_step + i] = from[i * from_step + k] for i < rows and k < cols; the two do not overlap.
///
/// Four rows at a time, from left to right: what is written lies in few cache lines at any moment,
/// and what is read in four.
inline void transpose(const real* from, Index from_step, Index rows, Index cols, real* to,
                      Index to_step) {
  const Index whole_rows = rows / 4 * 4, whole_cols = cols / 4 * 4;
  for (Index k = 0; k < whole_cols; k += 4) {
    for (Index i = 0; i < whole_rows; i += 4) {
      detail::transpose_4_by_4(from + i * from_step + k, from_step, to + k * to_step + i, to_step);
    }
  }
  for (Index i = 0; i < rows; ++i) {
    const Index begin = i < whole_rows ? whole_cols : 0;  // what no block of four holds
    for (Index k = begin; k < cols; ++k) to[k * to_step + i] = from[i * from_step + k];
  }
}

}  // namespace tinytorch
