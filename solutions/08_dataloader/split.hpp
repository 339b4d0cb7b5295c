// 08_dataloader / split.hpp: some examples to learn from, others for the test.
//
//   auto [train, test] = random_split(data, {0.8, 0.2}, rng);       shares
//   auto [train, test] = random_split(data, {1400, 397}, rng);      or exact counts
// Every example lands in exactly one part. Two parts that share one make a test worthless, and
// nothing in the numbers would show it.
#pragma once
#include <array>
#include <cmath>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/dataset.hpp>
#include <tinytorch/dataloader/samplers.hpp>

namespace tinytorch {

/// How many of n examples each part gets, for fractions that add up to 1.
///
/// Goal        Whole numbers that add up to n exactly, whatever the fractions.
/// Background  Round each share down; fewer examples are left over than there are parts. The first
///             parts get one more each. 0.29 * 100 is 28.999... in binary: rounding alone would
///             lose one.
/// Examples    10, {0.8, 0.2} -> 8, 2;   10, {0.33, 0.33, 0.34} -> 4, 3, 3;   3, {0.5, 0.5} -> 2, 1
/// In PyTorch  torch/utils/data/dataset.py, random_split
inline std::vector<Index> split_sizes(Index n, const std::vector<double>& fractions) {
  double sum = 0;
  bool sound = true;
  for (const double share : fractions) {
    sound = sound && share >= 0;
    sum += share;
  }
  if (!sound || !(std::abs(sum - 1) < 1e-6)) {
    throw ValueError("random_split: expects fractions >= 0 that add up to 1, got a sum of " +
                     std::to_string(sum));
  }
  // TODO(08.5): round down, count what is left, hand it out one by one from the first part on.
  // HINT: static_cast<Index> rounds a positive number down.
  // BEGIN SOLUTION 08.5
  std::vector<Index> sizes;
  Index left = n;
  for (const double fraction : fractions) {
    sizes.push_back(static_cast<Index>(fraction * static_cast<double>(n)));
    left -= sizes.back();
  }
  for (std::size_t part = 0; left > 0; ++part, --left) ++sizes[part % sizes.size()];
  return sizes;
  // END SOLUTION 08.5
}

/// The indices 0 .. n-1 dealt out at random: sizes[k] of them to part k.
///
/// Goal        Disjoint parts that cover everything.
/// Background  A permutation contains each index once, so pieces of one permutation cannot overlap.
///             Drawing for each part by itself can.
/// Examples    5, {3, 2} -> for instance {4, 0, 2}, {1, 3}
inline std::vector<std::vector<Index>> random_parts(Index n, const std::vector<Index>& sizes,
                                                    Rng& rng) {
  Index sum = 0;
  bool sound = true;
  for (const Index count : sizes) {
    sound = sound && count >= 0;
    sum += count;
  }
  if (!sound || sum != n) {
    throw ValueError("random_split: expects counts >= 0 that add up to the " + std::to_string(n) +
                     " examples, got a sum of " + std::to_string(sum));
  }
  // TODO(08.6): shuffle 0 .. n-1 and cut the list into consecutive pieces.
  // HINT: in_order and shuffle are there; each piece begins where the one before it ended.
  // BEGIN SOLUTION 08.6
  std::vector<Index> deck = in_order(n);
  shuffle(deck, rng);
  std::vector<std::vector<Index>> parts;
  auto first = deck.begin();
  for (const Index size : sizes) {
    parts.emplace_back(first, first + size);
    first += size;
  }
  return parts;
  // END SOLUTION 08.6
}

namespace detail {

template <class D, std::size_t... part>
std::array<Subset<D>, sizeof...(part)> subsets(const D& dataset,
                                               std::vector<std::vector<Index>> indices,
                                               std::index_sequence<part...>) {
  return {Subset<D>(dataset, std::move(indices[part]))...};
}

}  // namespace detail

/// Deals the examples of `dataset` out at random, by fractions (0.8) or by counts (1400).
template <Dataset D, class Number, std::size_t N>
std::array<Subset<D>, N> random_split(const D& dataset, const Number (&parts)[N], Rng& rng) {
  const std::vector<Index> sizes = [&] {
    if constexpr (std::is_floating_point_v<Number>) {
      return split_sizes(dataset.size(), std::vector<double>(parts, parts + N));
    } else {
      return std::vector<Index>(parts, parts + N);
    }
  }();
  return detail::subsets(dataset, random_parts(dataset.size(), sizes, rng),
                         std::make_index_sequence<N>());
}

}  // namespace tinytorch
