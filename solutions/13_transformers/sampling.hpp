// 13_transformers / sampling.hpp: from the scores of all tokens to one token.
//
//   sample_next(logits, rng, {.temperature = 0.8, .top_k = 40, .top_p = 0.95})    logits [V] -> id
// A model says how likely each token is; to say something, one has to be drawn. The most likely one
// each time makes dull texts that repeat themselves; plain drawing now and then takes a token that
// makes no sense, and the text goes on from there. What follows are three ways between.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <tinytorch/activations.hpp>

namespace tinytorch {

struct GenerateOptions {
  double temperature = 1.0;  // divides the logits; 0: always the largest
  Index top_k = 0;           // only the k largest may be drawn; 0: all
  double top_p = 1.0;        // only the likeliest that make up p; 1: all
  bool use_cache = true;     // keep keys and values of the tokens before (12_attention)
};

namespace detail {

inline constexpr real ruled_out = -std::numeric_limits<real>::infinity();

/// 0 .. V-1, the largest logit first; of equal ones the one that stands first.
inline std::vector<Index> by_size(const Tensor& logits) {
  std::vector<Index> order(static_cast<std::size_t>(logits.numel()));
  std::iota(order.begin(), order.end(), Index{0});
  const real* numbers = logits.data();
  std::stable_sort(order.begin(), order.end(),
                   [numbers](Index a, Index b) { return numbers[a] > numbers[b]; });
  return order;
}

inline void check_logits(const Tensor& logits, const char* who) {
  if (logits.dim() != 1 || logits.numel() == 0) {
    throw ShapeError(std::string(who) + ": expects logits [V] with V >= 1, got " +
                     tinytorch::to_string(logits.shape()));
  }
}

inline void check_options(const GenerateOptions& options, const char* who) {
  if (!(options.temperature >= 0) || options.top_k < 0 || !(options.top_p > 0) ||
      !(options.top_p <= 1)) {
    throw ValueError(
        std::string(who) +
        ": expects temperature >= 0, top_k >= 0 and top_p in (0, 1], got temperature " +
        std::to_string(options.temperature) + ", top_k " + std::to_string(options.top_k) +
        ", top_p " + std::to_string(options.top_p) +
        "\n  hint: temperature 0 is greedy; top_k 0 and top_p 1 keep every token");
  }
}

}  // namespace detail

/// The k largest logits as they are, all others -inf: [V] -> [V].
///
/// Goal        A tail of thousands of unlikely tokens is together not unlikely at all. Cut it off.
/// Background  Exactly k are kept, of equal ones those that stand first. To keep what is at least
///             as large as the k-th keeps more where several are equal to it.
/// Examples    [1, 3, 2, 3], k = 2 -> [-inf, 3, -inf, 3];  [5, 5, 5], k = 1 -> [5, -inf, -inf]
/// Cost        a sort of V numbers
/// In PyTorch  torch.topk; huggingface/transformers, TopKLogitsWarper
inline Tensor keep_top_k(const Tensor& logits, Index k) {
  detail::check_logits(logits, "keep_top_k");
  if (k < 1) throw ValueError("keep_top_k: expects k >= 1, got " + std::to_string(k));
  const Tensor kept = logits.detach().clone();
  // TODO(13.9): write detail::ruled_out to all but the k largest of `kept`.
  // HINT: detail::by_size(kept) has done the sorting. k may be larger than V.
  // BEGIN SOLUTION 13.9
  const std::vector<Index> order = detail::by_size(kept);
  for (std::size_t i = static_cast<std::size_t>(k); i < order.size(); ++i) {
    kept.data()[order[i]] = detail::ruled_out;
  }
  // END SOLUTION 13.9
  return kept;
}

/// The likeliest tokens whose probabilities make up p, all others -inf: [V] -> [V].
///
/// Goal        Where the model is sure, a few; where it is not, many: k adapts to the question.
/// Background  The smallest set whose sum is at least p, likeliest first. The token that passes p
///             belongs to it: so there is always one, and p = 0.9 gives at least 0.9.
/// Examples    probabilities [0.5, 0.25, 0.25]: p = 0.5 keeps the first, p = 0.6 the first two,
///             p = 0.01 the first
/// Cost        a softmax and a sort of V numbers
/// In PyTorch  huggingface/transformers, TopPLogitsWarper; Holtzman et al. 2020, arXiv:1904.09751
inline Tensor keep_top_p(const Tensor& logits, double p) {
  detail::check_logits(logits, "keep_top_p");
  if (!(p > 0) || !(p <= 1)) {
    throw ValueError("keep_top_p: expects p in (0, 1], got " + std::to_string(p));
  }
  const Tensor kept = logits.detach().clone();
  const Tensor probabilities = softmax(kept, 0);
  // TODO(13.10): write detail::ruled_out to all that come after the sum has reached p.
  // HINT: go through detail::by_size(kept) and ask before you add. Add up in a double.
  // BEGIN SOLUTION 13.10
  double total = 0;
  for (const Index id : detail::by_size(kept)) {
    if (total >= p) kept.data()[id] = detail::ruled_out;
    total += static_cast<double>(probabilities.data()[id]);
  }
  // END SOLUTION 13.10
  return kept;
}

namespace detail {

/// An index of `probabilities` [V], drawn with these: u is uniform in [0, 1).
///
/// Goal        A random number becomes a choice.
/// Background  Lay the probabilities end to end, from 0 to 1: u falls into one of them. Rounding
///             may leave their sum below u; then the last one that is not 0 is meant. One of
///             probability 0 has no length and must never be hit, not by u = 0 either.
/// Examples    [0.25, 0, 0.75]: u = 0 -> 0, u = 0.2499 -> 0, u = 0.25 -> 2, u = 0.9999 -> 2
/// Cost        one pass over V numbers
inline Index pick(const Tensor& probabilities, double u) {
  Index chosen = -1;
  // TODO(13.11): the first index at which the running sum is larger than u.
  // HINT: remember in `chosen` the last one that was not 0, for the case that none is.
  // BEGIN SOLUTION 13.11
  double total = 0;
  for (Index i = 0; i < probabilities.numel() && total <= u; ++i) {
    total += static_cast<double>(probabilities.data()[i]);
    if (probabilities.data()[i] > 0) chosen = i;
  }
  // END SOLUTION 13.11
  return chosen;
}

}  // namespace detail

/// Draws the next token from the logits of one position, [V] -> id.
///
/// Background  Temperature first, then the k largest, then p of what is left, and only then one
///             number of `rng`. Greedy (temperature 0) takes the first of the largest and leaves
///             `rng` alone.
/// Examples    logits [0, log 3]: id 1 three times out of four;  temperature 0: always
/// In PyTorch  huggingface/transformers, generation/utils.py, _sample
inline Index sample_next(const Tensor& logits, Rng& rng, GenerateOptions options = {}) {
  detail::check_logits(logits, "sample_next");
  detail::check_options(options, "sample_next");
  const NoGrad no_grad;
  if (options.temperature == 0) return argmax(logits).item();
  // Less the largest: a small temperature would drive large scores to inf, and inf - inf is nan.
  Tensor scores = (logits.detach() - max(logits)) / static_cast<real>(options.temperature);
  if (options.top_k > 0) scores = keep_top_k(scores, options.top_k);
  if (options.top_p < 1) scores = keep_top_p(scores, options.top_p);
  const Index id = detail::pick(softmax(scores, 0), static_cast<double>(rng.uniform()));
  if (id < 0) throw ValueError("sample_next: expects logits that are numbers, got nan");
  return id;
}

}  // namespace tinytorch
