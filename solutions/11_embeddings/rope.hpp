// 11_embeddings / rope.hpp: positions as rotations (stretch).
//
//   Tensor q = apply_rope(queries);          [B, H, T, d] -> the same shape
// Nothing is added to the token. Its vector is turned, pair of numbers by pair, by an angle that
// grows with the position. A product of two turned vectors then depends on the distance of their
// positions only, which is what attention (12) wants to know.
// Su et al. 2021, RoFormer, arXiv:2104.09864. Pairs are neighbours (2i, 2i + 1), as there and in
// Meta's Llama; Hugging Face pairs i with i + d/2 and permutes the weights to match.
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/layers.hpp>

namespace tinytorch {

struct RopeOptions {
  double base = 10000;
  Index offset = 0;  // the position of the first token
};

/// Turns pair i of the vector at position t by the angle t * base^(-2i / d): [*, T, d] -> [*, T,
/// d].
///
/// Goal        Positions that show as distances.
/// Background  A pair (a, b) turned by the angle p is (a cos p - b sin p, a sin p + b cos p). The
///             product of two vectors stays what it is if both are turned by the same angle, so of
///             the angles at t and s only the difference is left.
/// Examples    d = 2: [1, 0] at position 0 -> [1, 0], at position 1 -> [cos 1, sin 1]
/// Cost        3 operations a number; sines and cosines once a position, not once a head
/// In PyTorch  torchtune's modules/position_embeddings.py, RotaryPositionalEmbeddings
struct Rope : Primitive {
  RopeOptions options;
  double direction;  // 1, or -1 to turn back
  explicit Rope(RopeOptions how, double way = 1) : options(how), direction(way) {}

  const char* name() const override { return "rope"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Index flops(Inputs, const Tensor& out) const override { return 3 * out.numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor x = in[0].contiguous();  // [*, T, d]
    const Tensor turned = empty(x.shape());
    const Index length = x.size(-2), d = x.size(-1), pairs = d / 2;
    const Index rows = x.numel() == 0 ? 0 : x.numel() / d;
    const Tensor cosines = empty({length, pairs}), sines = empty({length, pairs});
    for (Index t = 0, at = 0; t < length; ++t) {
      for (Index i = 0; i < pairs; ++i, ++at) {
        const double slower = std::pow(options.base, -2.0 * static_cast<double>(i) / double(d));
        const double angle = direction * static_cast<double>(t + options.offset) * slower;
        cosines.data()[at] = static_cast<real>(std::cos(angle));
        sines.data()[at] = static_cast<real>(std::sin(angle));
      }
    }
    const real *from = x.data(), *cosine = cosines.data(), *sine = sines.data();
    real* to = turned.data();
    // TODO(11.9): turn every pair of every row. Row r of x is at position r % length; cosine and
    // sine have `pairs` numbers for each position.
    // HINT: entries 2i and 2i + 1 of a row are pair i. Read both before you write one? They are
    // two tensors.
    // BEGIN SOLUTION 11.9
    for (Index r = 0; r < rows; ++r) {
      for (Index i = 0; i < pairs; ++i) {
        const real c = cosine[r % length * pairs + i], s = sine[r % length * pairs + i];
        const real a = from[r * d + 2 * i], b = from[r * d + 2 * i + 1];
        to[r * d + 2 * i] = a * c - b * s;
        to[r * d + 2 * i + 1] = a * s + b * c;
      }
    }
    // END SOLUTION 11.9
    return turned;
  }
};

/// The way back of a rotation.
///
/// Background  The rule of y = R x is R^T g, and the transpose of a rotation is its inverse.
inline Grads vjp(const Rope& op, Inputs, const Tensor&, const Tensor& g) {
  // TODO(11.10): g turned by the opposite angles.
  // HINT: one line; the rule of the rule then turns forward again, so take care of op.direction.
  // BEGIN SOLUTION 11.10
  return {apply(Rope(op.options, -op.direction), {g})};
  // END SOLUTION 11.10
}

namespace detail {
inline const bool rope_rule_defined = define_rules<Rope>();
}  // namespace detail

/// Rotary positions for the last two axes of x, [*, T, d] with d even.
///
/// Examples    apply_rope(q, {.offset = 7}): the first token of q is at position 7
inline Tensor apply_rope(const Tensor& x, RopeOptions options = {}) {
  if (x.dim() < 2 || x.size(-1) % 2 != 0) {
    throw ShapeError("apply_rope: expects [*, T, d] with d even, got " +
                     tinytorch::to_string(x.shape()));
  }
  if (!(options.base > 0) || options.offset < 0) {
    throw ValueError("apply_rope: expects base > 0 and offset >= 0, got base " +
                     std::to_string(options.base) + ", offset " + std::to_string(options.offset));
  }
  return apply(Rope(options), {x});
}

}  // namespace tinytorch
