// 11_embeddings / positions.hpp: where a token stands, as numbers that are added to it.
//
//   PositionalEncoding waves(64, 128);           fixed: sines and cosines of many wavelengths
//   LearnedPositions places(128, 64, rng);       learned: one vector for each place
//   Tensor y = places(x);                        x [B, T, 64] -> the same shape
// "dog bites man" and "man bites dog" are the same three vectors. What comes next, attention (12),
// treats its inputs as a set; so the order has to be in the vectors.
#pragma once
#include <cmath>
#include <optional>
#include <string>

#include <tinytorch/layers.hpp>

namespace tinytorch {

/// A vector for each of T positions, out of waves: [T, C].
///
/// Goal        Vectors that tell positions apart, for texts of any length, without learning.
/// Background  Column 2i is sin(t * w), column 2i + 1 is cos(t * w), with w = 10000^(-2i / C): the
///             first pair goes round every 6.3 positions, the last one every 62,832. Like the hands
///             of a clock: fast ones tell neighbours apart, slow ones tell far from near. A shift
///             by k turns each pair by the angle k * w, wherever it starts.
/// Examples    C = 4: position 0 -> [0, 1, 0, 1];  position 1 -> [sin 1, cos 1, sin 0.01, cos 0.01]
///             C = 3: the last column is a sine without its cosine
/// Cost        T * C numbers, computed once
/// In PyTorch  not in torch.nn; the tutorial transformer_tutorial.py, PositionalEncoding
inline Tensor sinusoidal_positions(Index length, Index channels) {
  if (length < 0 || channels < 1) {
    throw ValueError("sinusoidal_positions: expects a length >= 0 and channels >= 1, got " +
                     std::to_string(length) + " and " + std::to_string(channels));
  }
  const Tensor table = empty({length, channels});
  real* out = table.data();
  // TODO(11.7): write entry (t, c) for all positions t and columns c, in row-major order.
  // HINT: both columns of a pair have the same w. Which even number belongs to column c?
  // HINT: double until the end: near 60,000 two neighbouring floats are 0.004 apart.
  // BEGIN SOLUTION 11.7
  for (Index t = 0; t < length; ++t) {
    for (Index c = 0; c < channels; ++c) {
      const double exponent = -static_cast<double>(c - c % 2) / static_cast<double>(channels);
      const double angle = static_cast<double>(t) * std::pow(10000.0, exponent);
      *out++ = static_cast<real>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
    }
  }
  // END SOLUTION 11.7
  return table;
}

namespace detail {

inline void check_positions(const Tensor& x, const Tensor& table, Index offset,
                            const std::string& who) {
  const Index longest = table.size(0), channels = table.size(1);
  if (x.dim() < 2 || x.size(-1) != channels) {
    throw ShapeError(who + ": expects [*, T, " + std::to_string(channels) + "], got " +
                     tinytorch::to_string(x.shape()));
  }
  if (offset < 0) {
    throw ValueError(who + ": expects an offset >= 0, got " + std::to_string(offset));
  }
  if (offset > longest - x.size(-2)) {
    throw ShapeError(who + ": expects at most " + std::to_string(longest) + " positions, got " +
                     std::to_string(x.size(-2)) + " from position " + std::to_string(offset) +
                     "\n  hint: there is no vector for a position behind the last one");
  }
}

/// x [*, T, C] plus the vectors of the positions offset .. offset + T - 1.
///
/// Goal        Each token gets the vector of its place; all examples of a batch the same ones.
/// Background  The offset is for whoever brings a text piece by piece (the KV cache of
///             12_attention): the first token of a piece is not at position 0.
/// Examples    table rows p0 p1 p2 p3, x of two tokens, offset 1 -> x0 + p1, x1 + p2
/// Cost        one addition a number; the rows of the table are a view
inline Tensor add_positions(const Tensor& x, const Tensor& table, Index offset,
                            const std::string& who) {
  check_positions(x, table, offset, who);
  // TODO(11.8): x plus those rows of the table.
  // HINT: slice(dim, start, stop); broadcasting does the batch.
  // BEGIN SOLUTION 11.8
  return x + table.slice(0, offset, offset + x.size(-2));
  // END SOLUTION 11.8
}

}  // namespace detail

struct PositionalEncodingOptions {
  double dropout = 0;  // of the sum
};

/// Adds sinusoidal_positions.
///
/// Examples    PositionalEncoding(64, 128): [B, T, 64] -> [B, T, 64] for T up to 128
/// Cost        max_length * dim numbers in a buffer; nothing is learned
/// In PyTorch  the tutorial transformer_tutorial.py, PositionalEncoding (Vaswani et al. 2017, 3.5)
class PositionalEncoding : public Module {
 public:
  using Options = PositionalEncodingOptions;

  PositionalEncoding(Index dim, Index max_length)
      : table(buffer("table", sinusoidal_positions(max_length, dim))) {}

  PositionalEncoding(Index dim, Index max_length, Rng& rng, Options options = {})
      : table(buffer("table", sinusoidal_positions(max_length, dim))),
        dropout_(child("dropout", Dropout(options.dropout, rng))) {}

  using Module::operator();
  Tensor forward(const Tensor& x) const override { return forward(x, 0); }
  Tensor forward(const Tensor& x, Index offset) const {  // [*, T, C] -> [*, T, C]
    const Tensor sum = detail::add_positions(x, table, offset, "PositionalEncoding");
    return dropout_ ? (*dropout_)(sum) : sum;
  }
  Tensor operator()(const Tensor& x, Index offset) const { return forward(x, offset); }

  const Tensor table;  // [max_length, dim]

 private:
  const std::optional<Dropout> dropout_;
};

/// Adds a learned vector for each position.
///
/// Background  GPT-2 learns its 1,024 positions. They can be anything, but there is none for a
///             place that training never reached.
/// Examples    LearnedPositions(128, 64, rng): [B, T, 64] -> [B, T, 64] for T up to 128
/// Cost        max_length * dim parameters
/// In PyTorch  openai/gpt-2, src/model.py, "wpe"; nn.Embedding over arange(T)
class LearnedPositions : public Module {
 public:
  /// Starts normal with standard deviation 0.02, as GPT-2: what the token is comes first.
  LearnedPositions(Index max_length, Index dim, Rng& rng)
      : weight(parameter("weight", initial_weight(max_length, dim, rng))) {}

  using Module::operator();
  Tensor forward(const Tensor& x) const override { return forward(x, 0); }
  Tensor forward(const Tensor& x, Index offset) const {  // [*, T, C] -> [*, T, C]
    return detail::add_positions(x, weight, offset, "LearnedPositions");
  }
  Tensor operator()(const Tensor& x, Index offset) const { return forward(x, offset); }

  const Tensor weight;  // [max_length, dim]

 private:
  static Tensor initial_weight(Index max_length, Index dim, Rng& rng) {
    if (max_length < 1 || dim < 1) {
      throw ValueError("LearnedPositions: expects sizes >= 1, got max_length " +
                       std::to_string(max_length) + ", dim " + std::to_string(dim));
    }
    return init::normal({max_length, dim}, rng, 0, 0.02);
  }
};

}  // namespace tinytorch
