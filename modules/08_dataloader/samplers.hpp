// 08_dataloader / samplers.hpp: in which order the examples come.
//
//   RandomSampler sampler(1000, seed);
//   sampler.order(0), sampler.order(1)     two different permutations, the same in every run
// An order is computed from (seed, epoch) and from nothing else: a run that was interrupted in
// epoch 7 can go on with the order that epoch 7 would have had.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/rng.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

/// A seed made of a seed and of what it is for: derive_seed(1, {epoch, i}).
///
/// Background  Adding would not do: seed 1 in epoch 2 would then draw what seed 2 draws in epoch 1.
///             Each part goes through the generator, so all numbers and their order matter.
inline std::uint64_t derive_seed(std::uint64_t seed, std::initializer_list<Index> parts) {
  for (const Index part : parts) seed = Rng(seed).bits() + static_cast<std::uint64_t>(part);
  return seed;
}

/// 0, 1, ..., n-1.
inline std::vector<Index> in_order(Index n) {
  if (n < 0) throw ValueError("sampler: expects a size >= 0, got " + std::to_string(n));
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  return order;
}

/// Puts `items` in random order; each of the n! orders is as likely as any other.
///
/// Goal        A fair shuffle in one pass, without a second list.
/// Background  Fisher and Yates (1938), in place by Durstenfeld (1964): the last place gets one of
///             all n, the place before it one of the n-1 that are left, and so on. The obvious
///             loop that swaps each place with any of the n places has n^n equally likely
///             outcomes; n! does not divide n^n, so some orders come more often.
/// Cost        n - 1 draws and swaps
/// In PyTorch  torch.randperm, aten/src/ATen/native/TensorFactories.cpp
inline void shuffle(std::vector<Index>& items, Rng& rng) {
  // TODO(08.3): from the last place down to the second, swap it with one of those that are left.
  // HINT: "left" includes the place itself: an item may stay where it is.
  // HINT: rng.below(k) draws one of 0 .. k-1. (Rng::permutation is this loop; write it once.)
  todo("08.3", "shuffle");
}

/// The examples one after another, in every epoch.
class SequentialSampler {
 public:
  explicit SequentialSampler(Index n) : n_(n) {}

  Index size() const { return n_; }
  std::vector<Index> order(Index /*epoch*/ = 0) const { return in_order(n_); }

 private:
  Index n_;
};

/// Each example once an epoch, in a new random order.
///
/// In PyTorch  torch/utils/data/sampler.py, RandomSampler; set_epoch is DistributedSampler's
class RandomSampler {
 public:
  RandomSampler(Index n, std::uint64_t seed) : n_(n), seed_(seed) {}

  Index size() const { return n_; }
  Index epoch() const { return epoch_; }
  void set_epoch(Index epoch) { epoch_ = epoch; }

  /// The order of the epoch that was set.
  std::vector<Index> order() const { return order(epoch_); }

  /// The order of any epoch.
  ///
  /// Goal        Another order each epoch, and the same one each time the program runs.
  std::vector<Index> order(Index epoch) const {
    // TODO(08.4): shuffle 0 .. n-1 with a generator of this epoch's own.
    // HINT: derive_seed; a generator kept as a member would make the answer depend on earlier calls.
    todo("08.4", "RandomSampler::order");
  }

 private:
  Index n_;
  std::uint64_t seed_;
  Index epoch_ = 0;
};

}  // namespace tinytorch
