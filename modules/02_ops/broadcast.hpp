// 02_ops / broadcast.hpp: which shapes go together.
//
// Two tensors of different shapes meet elementwise as if the smaller one were repeated; nothing is
// copied, because Expand (01_tensor) repeats with a stride of 0.
#pragma once
#include <string>

#include <tinytorch/tensor.hpp>

namespace tinytorch {

/// The shape of a result whose operands have shapes a and b: [3, 1] and [4] -> [3, 4].
///
/// Goal        One rule for all elementwise operations.
/// Background  Align the shapes from the right. Sizes agree, or one of them is 1 and is repeated;
///             an axis that only one of them has counts as 1 in the other.
/// Examples    [2, 3] and [] -> [2, 3];  [2, 1, 4] and [3, 1] -> [2, 3, 4];  [0] and [1] -> [0]
/// Cost        O(rank)
/// In PyTorch  aten/src/ATen/ExpandUtils.cpp, infer_size; the rule is NumPy's
inline Shape broadcast_shapes(const Shape& a, const Shape& b,
                              const char* who = "broadcast_shapes") {
  // TODO(02.1): build the result from the last axis to the first.
  // HINT: ShapeError("add: cannot broadcast [2, 3] with [2, 4]: axis -1 is 3 against 4, and neither
  // HINT: is 1"),
  // HINT: where "add" is `who`.
  todo("02.1", "broadcast_shapes");
}

}  // namespace tinytorch
