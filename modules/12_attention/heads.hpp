// 12_attention / heads.hpp: several attentions side by side.
//
// One softmax can look at one place well. H heads of d = C / H numbers look at H places, for the same
// number of operations. Splitting is a view: the numbers stay where the projection wrote them.
#pragma once
#include <string>

#include <tinytorch/attention/scaled_dot_product.hpp>

namespace tinytorch {

/// x [B, T, H * d] -> [B, H, T, d], without a copy.
///
/// Background  The numbers of a token are H groups of d in a row. Axis 2 becomes two; then the heads
///             move before the tokens, so that each head is a matrix [T, d] for matmul. Reshaping to
///             [B, H, T, d] at once would have the right shape and the wrong numbers: parts of
///             different tokens in one row.
/// Examples    one token [1, 2, 3, 4], 2 heads -> head 0 has [1, 2], head 1 has [3, 4]
/// Cost        nothing; also for a slice of a wider tensor
inline Tensor split_heads(const Tensor& x, Index heads) {
  if (x.dim() != 3 || heads < 1 || x.size(2) % heads != 0) {
    throw ShapeError("split_heads: expects [B, T, H * d] for H = " + std::to_string(heads) +
                     ", got " + to_string(x.shape()));
  }
  // TODO(12.7): two views.
  // HINT: view, not reshape: it throws where it would have to copy.
  todo("12.7", "split_heads");
}

/// x [B, H, T, d] -> [B, T, H * d]: the way back of split_heads.
///
/// Cost        one copy: the numbers of a token lie H matrices apart, and no stride can say that
/// In PyTorch  y.transpose(1, 2).contiguous().view(B, T, C) in nanoGPT's model.py
inline Tensor join_heads(const Tensor& x) {
  if (x.dim() != 4) {
    throw ShapeError("join_heads: expects [B, H, T, d], got " + to_string(x.shape()));
  }
  // TODO(12.8): the same steps in the opposite order.
  // HINT: reshape copies where it must.
  todo("12.8", "join_heads");
}

}  // namespace tinytorch
