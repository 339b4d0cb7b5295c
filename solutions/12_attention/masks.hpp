// 12_attention / masks.hpp: who may see whom.
//
// A mask is added to the scores: 0 where a query may look, -inf where it may not, for exp(-inf) is 0.
// Any other number makes a key more or less likely. Masks broadcast, so two of them can be added.
#pragma once
#include <algorithm>
#include <limits>
#include <string>

#include <tinytorch/layers.hpp>

namespace tinytorch {

namespace detail {
inline constexpr real minus_infinity = -std::numeric_limits<real>::infinity();
}  // namespace detail

/// How many keys, counted from the first one, query t of T may see if it must not see the future.
///
/// Goal        A token may look at itself and at what came before. Otherwise a model that is to
///             predict the next token reads it instead.
/// Background  The last query stands at the last key. With a cache there are more keys than queries:
///             T = 1, S = 8 is the eighth token, and it may see all eight.
/// Examples    T = S = 4: 1, 2, 3, 4;  T = 2, S = 5: 4, 5;  T = 3, S = 2: 0, 1, 2
/// In PyTorch  scaled_dot_product_attention(is_causal = True) lines the first query up with the
///             first key instead: 1, 2 for T = 2, S = 5. FlashAttention 2.1 and later does as here.
inline Index visible_keys(Index t, Index T, Index S) {
  // TODO(12.1): the number of keys, from 0 to S.
  // HINT: at which key does query 0 stand, if query T - 1 stands at key S - 1?
  // BEGIN SOLUTION 12.1
  return std::clamp<Index>(t + 1 + (S - T), 0, S);
  // END SOLUTION 12.1
}

/// The mask that hides the future, [T, S].
///
/// Examples    T = S = 3 -> [[0, -inf, -inf], [0, 0, -inf], [0, 0, 0]]
/// Cost        T * S numbers. {.causal = true} hides the same keys and needs none.
/// In PyTorch  torch.nn.Transformer.generate_square_subsequent_mask
inline Tensor causal_mask(Index T, Index S) {
  const Tensor mask = full({T, S}, detail::minus_infinity);
  real* numbers = mask.data();
  // TODO(12.2): 0 for every key that a query may see.
  // HINT: row t begins at numbers + t * S.
  // BEGIN SOLUTION 12.2
  for (Index t = 0; t < T; ++t) std::fill_n(numbers + t * S, visible_keys(t, T, S), real(0));
  return mask;
  // END SOLUTION 12.2
}

/// The mask that hides what was added to make the sequences of a batch equally long: lengths [B] ->
/// [B, 1, 1, S], the same for all heads and all queries.
///
/// Examples    lengths [1, 3], S = 3 -> [[0, -inf, -inf], [0, 0, 0]]
/// In PyTorch  torch.nn.MultiheadAttention's key_padding_mask, [B, S], where true means hidden
inline Tensor padding_mask(const IndexTensor& lengths, Index S) {
  if (lengths.dim() != 1) {
    throw ShapeError("padding_mask: expects one length a sequence, [B], got " +
                     to_string(lengths.shape()));
  }
  const Index batch = lengths.numel();
  Tensor mask = zeros({batch, 1, 1, S});
  // TODO(12.3): -inf from the length of a sequence to S. A length outside 0 .. S is a
  // ValueError("padding_mask: expects lengths in [0, 3], got 4 for sequence 1").
  // HINT: the keys of sequence b begin at mask.data() + b * S; mask.set({b, 0, 0, s}, ...) finds
  // HINT: them, too.
  // BEGIN SOLUTION 12.3
  for (Index b = 0; b < batch; ++b) {
    const Index length = lengths[b];
    if (length < 0 || length > S) {
      throw ValueError("padding_mask: expects lengths in [0, " + std::to_string(S) + "], got " +
                       std::to_string(length) + " for sequence " + std::to_string(b));
    }
    std::fill_n(mask.data() + b * S + length, S - length, detail::minus_infinity);
  }
  return mask;
  // END SOLUTION 12.3
}

}  // namespace tinytorch
