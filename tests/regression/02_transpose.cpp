// Matrices are packed four by four numbers at a time (support/transpose.hpp), and gemm is right only if no row or
// column that is left over is lost or written twice: sizes around multiples of four, rows and columns with gaps.
#include <vector>

#include <tinytorch/support/transpose.hpp>

#include "tt_catch.hpp"

using namespace tinytorch;

TEST_CASE("transpose: every number of every size, and nothing else", "[02][given][regression]") {
  constexpr Index from_step = 11, to_step = 13, most = 9;
  std::vector<real> from(from_step * most);
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<real>(i + 1);
  for (Index rows = 0; rows <= most; ++rows) {
    for (Index cols = 0; cols <= most; ++cols) {
      INFO(rows << " rows, " << cols << " columns");
      std::vector<real> expected(to_step * most, 0), got(to_step * most, 0);
      for (Index i = 0; i < rows; ++i) {
        for (Index k = 0; k < cols; ++k) {
          expected[static_cast<std::size_t>(k * to_step + i)] =
              from[static_cast<std::size_t>(i * from_step + k)];
        }
      }
      transpose(from.data(), from_step, rows, cols, got.data(), to_step);
      CHECK(got == expected);
    }
  }
}
