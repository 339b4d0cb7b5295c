// 02_ops / gemm.hpp: the matrix product as libraries write it. Stretch: matmul does without it.
//
// Note [From ikj to a library]: ikj reads a row of B again for every row of A, and reads and writes
// a row of C for every k. A processor multiplies many times as fast as that. Three steps:
//   registers  a tile of C, 6 rows by 16 columns or so, stays in registers for all k, so that each
//              number that is loaded is used 6 or 16 times
//   packing    the rows of A and the columns of B that a tile needs are copied first, into the
//              order in which they will be read. Strides matter only there: a transposed matrix
//              costs nothing
//   blocks     of a size at which what is packed stays in the caches while it is used
// K. Goto and R. van de Geijn (2008), Anatomy of High-Performance Matrix Multiplication.
#pragma once
#include <algorithm>
#include <vector>

#include <tinytorch/ops/matrix.hpp>
#include <tinytorch/support/parallel.hpp>
#include <tinytorch/support/todo.hpp>
#include <tinytorch/support/transpose.hpp>

namespace tinytorch {

/// Copies `height` rows of `a`, from row `begin` on, one column after another; where `a` has no row
/// any more, zeros.
///
/// Goal        The order in which tile_product reads.
/// Background  B is packed by the same function: its columns are the rows of its transpose.
/// Examples    [[1, 2], [3, 4], [5, 6]], begin 1, height 2 -> 3 5 4 6;  begin 2 -> 5 0 6 0
/// Cost        each number is read once and written once
inline void pack(const Matrix& a, Index begin, Index height, real* to) {
  const Index there = std::min(height, a.rows - begin);
  // TODO(02.19): for each column: its `there` numbers from row `begin` on, then zeros to `height`.
  // HINT: *a.at(i, k) is element (i, k), whatever the strides are.
  todo("02.19", "pack");
}

/// One tile of C = A B, or of C += A B, of `rows` rows and `vectors` * `width` columns; a and b are
/// packed, the rows of c lie c_step numbers apart.
///
/// Goal        The loop in which all the time is spent: it neither reads nor writes C.
/// Background  A Vec is `width` numbers in one register, and sum + x * y works on all of them in
///             one instruction: GCC's vector extension, which clang knows as well. The sums must
///             fit into the registers, 16 of them or 32. Unrolled loops are what lets the compiler
///             keep them there: an index that is only known when the program runs needs memory.
/// Cost        2 * rows * vectors * width operations for rows + vectors * width numbers read
template <int rows, int vectors, int width>
[[gnu::always_inline]] inline void tile_product(const real* a, const real* b, Index depth, real* c,
                                                Index c_step, bool add) {
  typedef real Vec
      __attribute__((vector_size(width * sizeof(real)), aligned(sizeof(real)), may_alias));
  Vec sum[rows][vectors] = {};
  // TODO(02.20): for each k: load `vectors` Vecs of b; add a[r] times each of them to those of
  // sum[r].
  // HINT: *reinterpret_cast<const Vec*>(b + v * width) is a Vec; a number times a Vec is a Vec.
  // HINT: then `a` moves on by rows, `b` by vectors * width. #pragma GCC unroll 32 stands before
  // HINT: each inner loop.
  todo("02.20", "tile_product");
#pragma GCC unroll 32
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 32
    for (int v = 0; v < vectors; ++v) {
      Vec* const there = reinterpret_cast<Vec*>(c + r * c_step + v * width);
      *there = add ? *there + sum[r][v] : sum[r][v];
    }
  }
}

/// A tile_product for one kind of processor, and the size of its tile.
struct Tile {
  Index rows, cols;
  void (*product)(const real* a, const real* b, Index depth, real* c, Index c_step, bool add);
};

namespace detail {

inline constexpr int lanes = 64 / sizeof(real);  // in the widest registers there are

inline void tile_16_bytes(const real* a, const real* b, Index depth, real* c, Index c_step,
                          bool add) {
  tile_product<4, 2, lanes / 4>(a, b, depth, c, c_step, add);
}
#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] inline void tile_32_bytes(const real* a, const real* b, Index depth,
                                                      real* c, Index c_step, bool add) {
  tile_product<6, 2, lanes / 2>(a, b, depth, c, c_step, add);
}
[[gnu::target("avx512f")]] inline void tile_64_bytes(const real* a, const real* b, Index depth,
                                                     real* c, Index c_step, bool add) {
  tile_product<8, 2, lanes>(a, b, depth, c, c_step, add);
}
#endif

/// The tile for the processor that the program finds itself on: one program suits all.
inline Tile best_tile() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return {8, 2 * lanes, tile_64_bytes};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return {6, lanes, tile_32_bytes};
  }
#endif
  return {4, lanes / 2, tile_16_bytes};
}

/// Writes a finished tile into C, or adds it: where C ends before the tile does, or lies otherwise.
inline void put_tile(const real* tile, Index tile_cols, const Matrix& c, bool add) {
  for (Index i = 0; i < c.rows; ++i, tile += tile_cols) {
    for (Index j = 0; j < c.cols; ++j) *c.at(i, j) = (add ? *c.at(i, j) : 0) + tile[j];
  }
}

inline constexpr Index most_rows = 96, most_cols = 2048, most_depth = 256;  // of a block

/// C = A B, or C += A B, for one block of A; `columns` is the block of B, packed.
inline void multiply_block(const Tile& tile, const Matrix& a, const real* columns, const Matrix& c,
                           bool add) {
  thread_local std::vector<real> rows_of_a, done;
  rows_of_a.resize(static_cast<std::size_t>((most_rows + tile.rows) * most_depth));
  done.resize(static_cast<std::size_t>(tile.rows * tile.cols));
  for (Index i = 0; i < a.rows; i += tile.rows) {
    pack(a, i, tile.rows, rows_of_a.data() + i * a.cols);
  }
  for (Index j = 0; j < c.cols; j += tile.cols) {
    for (Index i = 0; i < a.rows; i += tile.rows) {
      const real *left = rows_of_a.data() + i * a.cols, *right = columns + j * a.cols;
      const Index rows = std::min(tile.rows, a.rows - i), cols = std::min(tile.cols, c.cols - j);
      const Matrix there = c.block(i, j, rows, cols);
      if (rows == tile.rows && cols == tile.cols && c.col_stride == 1) {
        tile.product(left, right, a.cols, there.data, c.row_stride, add);
      } else {
        tile.product(left, right, a.cols, done.data(), tile.cols, false);
        put_tile(done.data(), tile.cols, there, add);
      }
    }
  }
}

}  // namespace detail

/// C = A B by packed tiles. All three may have any strides; C must not overlap A or B.
///
/// Background  256 rows of B are packed once, and then used by all rows of A; 96 rows of A are
///             packed once, and used by all columns of that block: 96 kB, for the second-level
///             cache. Rows of C have nothing to do with one another, so threads share them; each
///             number of C is summed in the same order, however many there are.
/// Cost        2 * M * N * K operations; packing reads B once, and A once for each 2048 columns of
///             B
/// In PyTorch  the sgemm of a BLAS library: OpenBLAS's kernel/x86_64, oneDNN's src/cpu/gemm
inline void gemm(const Matrix& a, const Matrix& b, const Matrix& c) {
  using namespace detail;
  static const Tile tile = best_tile();
  constexpr Index unit = 24;  // rows that are not divided: whole tiles, of 4, 6 or 8 rows
  thread_local std::vector<real> cols_of_b;
  cols_of_b.resize(
      static_cast<std::size_t>((std::min(b.cols, most_cols) + tile.cols) * most_depth));
  real* const columns = cols_of_b.data();  // of this thread: the others read it

  for (Index j0 = 0; j0 < b.cols; j0 += most_cols) {
    const Index cols = std::min(most_cols, b.cols - j0);
    for (Index k0 = 0; k0 == 0 || k0 < a.cols; k0 += most_depth) {  // once for K = 0: C is 0 then
      const Index depth = std::min(most_depth, a.cols - k0);
      const Matrix right = b.block(k0, j0, depth, cols).transposed();
      for (Index j = 0; j < cols; j += tile.cols) pack(right, j, tile.cols, columns + j * depth);
      // A million terms take 20 us: less is done before another thread has begun.
      const Index grain = 1 + 1'000'000 / (unit * cols * std::max<Index>(1, depth));
      parallel::for_ranges((a.rows + unit - 1) / unit, grain, [&](Index first, Index last) {
        const Index end = std::min(a.rows, last * unit);
        for (Index i0 = first * unit; i0 < end; i0 += most_rows) {
          const Index rows = std::min(most_rows, end - i0);
          multiply_block(tile, a.block(i0, k0, rows, depth), columns, c.block(i0, j0, rows, cols),
                         k0 > 0);
        }
      });
    }
  }
}

}  // namespace tinytorch
