// 13_transformers / swiglu.hpp: the feed-forward layer of Llama (stretch).
// Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
#pragma once
#include <tinytorch/activations.hpp>
#include <tinytorch/transformers/feed_forward.hpp>

namespace tinytorch {

/// w2(silu(w1(x)) * w3(x)): one half says what, the other half says how much.
///
/// Goal        A gate in place of a bend: the numbers of one matrix open and close the other's.
/// Background  Three matrices in place of two: with hidden = 8/3 C there are as many weights as in
///             FeedForward. No biases. The names are those of Llama's own code.
/// Examples    SwiGLU(64, 172, rng): [B, T, 64] -> [B, T, 64], 33,024 parameters
/// In PyTorch  meta-llama/llama, llama/model.py, FeedForward
class SwiGLU : public Module {
 public:
  SwiGLU(Index dim, Index hidden, Rng& rng)
      : w1(child("w1",
                 Linear(dim, detail::checked_hidden(dim, hidden, "SwiGLU"), rng, {.bias = false}))),
        w2(child("w2", Linear(hidden, dim, rng, {.bias = false}))),
        w3(child("w3", Linear(dim, hidden, rng, {.bias = false}))) {}

  Tensor forward(const Tensor& x) const override {  // [*, C] -> [*, C]
    // TODO(13.14): the formula above.
    // HINT: silu bends the gate w1, and only that.
    // BEGIN SOLUTION 13.14
    return w2(silu(w1(x)) * w3(x));
    // END SOLUTION 13.14
  }

  const Linear w1, w2, w3;
};

}  // namespace tinytorch
