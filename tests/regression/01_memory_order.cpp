// regression: a view that copied, and a reshape that returned numbers in memory order.
//
// Two ways to be wrong with every shape right. A "view" that copies: what is written through it never
// arrives. A reshape of a transposed tensor that only changes the shape: rows come out as they lie in
// memory; between attention heads, [T, H, D] -> [H, T, D] -> [H, T*D], that mixes the heads. The course
// that this one grew from tested such functions mostly by shape, and a shape sees neither.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("memory order: reshape of a permuted tensor reads in its order",
          "[01.14][01.8][regression]") {
  // Two positions, two heads of two numbers; the tens say the position, the units 1 2 head 0, 3 4 head 1.
  const Tensor x = tensor({11, 12, 13, 14, 21, 22, 23, 24}, {2, 2, 2});  // [T, H, D]
  const Tensor heads = x.permute({1, 0, 2});                             // [H, T, D]
  CHECK_TENSOR(heads.reshape({2, 4}), values({11, 12, 21, 22, 13, 14, 23, 24}, {2, 4}));
  CHECK_TENSOR(heads.flatten(), values({11, 12, 21, 22, 13, 14, 23, 24}, {8}));
  CHECK_TENSOR(heads.reshape({2, 4}).reshape({2, 2, 2}).permute({1, 0, 2}),
               values({11, 12, 13, 14, 21, 22, 23, 24}, {2, 2, 2}));  // there and back
}

TEST_CASE("memory order: every view writes into the tensor it came from",
          "[01.14][01.13][01.8][01.9][01.10][regression]") {
  Tensor x = zeros({2, 3});
  x.transpose(0, 1).set({0, 1}, 1);          // x[1, 0]
  x.slice(1, 1, 3).set({0, 0}, 2);           // x[0, 1]
  x.select(0, 1).set({2}, 3);                // x[1, 2]
  x.view({6}).set({2}, 4);                   // x[0, 2]
  x.reshape({3, 2}).set({0, 0}, 5);          // x[0, 0]
  x.unsqueeze(1).squeeze(1).set({1, 1}, 6);  // x[1, 1]
  CHECK_TENSOR(x, values({5, 2, 4, 1, 6, 3}, {2, 3}));
  Tensor all = x.detach();
  all.set({0, 0}, 7);
  CHECK(x.at({0, 0}) == 7);
}

TEST_CASE("memory order: a reshape that had to copy leaves the original alone",
          "[01.14][01.12][regression]") {
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  Tensor flat = x.transpose(0, 1).reshape({4});
  flat.set({1}, 30);  // x[1, 0], were it a view
  CHECK_TENSOR(x, values({1, 2, 3, 4}, {2, 2}));
  CHECK_TENSOR(flat, values({1, 30, 2, 4}, {4}));
}
