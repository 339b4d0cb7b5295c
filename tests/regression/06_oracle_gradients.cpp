// Losses and their gradients, with every reduction, as PyTorch computes them: tests/oracles/06_losses.py.
#include <tinytorch/losses.hpp>

#include "06_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

const Reduction reductions[] = {Reduction::none, Reduction::mean, Reduction::sum};

Tensor x() { return waves(1, {2, 3}); }
Tensor y() { return waves(50, {2, 3}); }
Tensor scores() { return waves(1, {4, 5}) * 3; }
IndexTensor labels() { return index_tensor({2, 0, 4, 2}, {4}); }

}  // namespace

TEST_CASE("oracle of 06: squares and distances, towards both operands", "[06][gradient]") {
  const Golden squares[] = {oracle::mse_none(), oracle::mse_mean(), oracle::mse_sum()};
  const Golden distances[] = {oracle::l1_none(), oracle::l1_mean(), oracle::l1_sum()};
  for (std::size_t i = 0; i < 3; ++i) {
    check_golden(squares[i],
                 [&](Inputs in) { return mse_loss(in[0], in[1], {.reduction = reductions[i]}); },
                 {x(), y()});
    check_golden(distances[i],
                 [&](Inputs in) { return l1_loss(in[0], in[1], {.reduction = reductions[i]}); },
                 {x(), y()});
  }
  check_golden(oracle::l1_where_equal(),
               [](Inputs in) { return l1_loss(in[0], in[1], {.reduction = Reduction::sum}); },
               {tensor({1, 2, 3}), tensor({1, 5, 0})});
}

TEST_CASE("oracle of 06: yes and no, also where a score is extreme", "[06][gradient]") {
  const Golden cases[] = {oracle::bce_none(), oracle::bce_mean(), oracle::bce_sum()};
  for (std::size_t i = 0; i < 3; ++i) {
    check_golden(cases[i],
                 [&](Inputs in) {
                   return binary_cross_entropy_with_logits(in[0] * 5, sigmoid(y()),
                                                           {.reduction = reductions[i]});
                 },
                 {x()});
  }
  const Golden extreme[] = {oracle::bce_extreme_0(), oracle::bce_extreme_5(),
                            oracle::bce_extreme_10()};
  for (int i = 0; i < 3; ++i) {
    check_golden(extreme[i],
                 [&](Inputs in) {
                   return binary_cross_entropy_with_logits(in[0], full({5}, i / 2.0),
                                                           {.reduction = Reduction::none});
                 },
                 {tensor({-200, -30, 0, 30, 200})});
  }
  check_golden(oracle::bce_targets(),
               [](Inputs in) {
                 return binary_cross_entropy_with_logits(in[0], in[1],
                                                         {.reduction = Reduction::sum});
               },
               {x(), sigmoid(y())});
}

TEST_CASE("oracle of 06: nll_loss and cross_entropy of labels", "[06][gradient]") {
  const Golden picks[] = {oracle::nll_none(), oracle::nll_mean(), oracle::nll_sum()};
  const Golden plain[] = {oracle::cross_entropy_none(), oracle::cross_entropy_mean(),
                          oracle::cross_entropy_sum()};
  const Golden ignored[] = {oracle::cross_entropy_ignored_none(),
                            oracle::cross_entropy_ignored_mean(),
                            oracle::cross_entropy_ignored_sum()};
  for (std::size_t i = 0; i < 3; ++i) {
    const Reduction reduction = reductions[i];
    check_golden(picks[i],
                 [&](Inputs in) {
                   return nll_loss(in[0], labels(), {.ignore_index = 0, .reduction = reduction});
                 },
                 {scores()});
    check_golden(
        plain[i],
        [&](Inputs in) { return cross_entropy(in[0], labels(), {.reduction = reduction}); },
        {scores()});
    for (const bool fused : {true, false}) {
      const CrossEntropyOptions options = {
          .ignore_index = 2, .label_smoothing = 0.1, .reduction = reduction};
      check_golden(ignored[i],
                   [&](Inputs in) {
                     return fused ? cross_entropy(in[0], labels(), options)
                                  : cross_entropy_composed(in[0], labels(), options);
                   },
                   {scores()});
    }
  }
  check_golden(oracle::cross_entropy_of_a_vector(),
               [](Inputs in) { return cross_entropy(in[0], index_tensor({3}, {})); },
               {scores().select(0, 1)});
  check_golden(oracle::all_ignored(),
               [](Inputs in) {
                 return cross_entropy(in[0], index_tensor({7, 7}, {2}),
                                      {.ignore_index = 7, .reduction = Reduction::sum});
               },
               {scores().slice(0, 0, 2)});
}

TEST_CASE("oracle of 06: cross_entropy of shares and of pixels", "[06][gradient]") {
  const Golden shares[] = {oracle::cross_entropy_shares_none(), oracle::cross_entropy_shares_mean(),
                           oracle::cross_entropy_shares_sum()};
  const Golden pixels[] = {oracle::cross_entropy_pixels_none(), oracle::cross_entropy_pixels_mean(),
                           oracle::cross_entropy_pixels_sum()};
  const Tensor q = softmax(waves(77, {4, 5}), 1);
  const IndexTensor places = index_tensor({0, 2, 1, 1, 2, 0, 0, 1}, {2, 2, 2});
  for (std::size_t i = 0; i < 3; ++i) {
    check_golden(shares[i],
                 [&](Inputs in) {
                   return cross_entropy(in[0], q,
                                        {.label_smoothing = 0.2, .reduction = reductions[i]});
                 },
                 {scores()});
    check_golden(pixels[i],
                 [&](Inputs in) {
                   return cross_entropy(in[0], places,
                                        {.ignore_index = 1, .reduction = reductions[i]});
                 },
                 {waves(9, {2, 3, 2, 2}) * 2});
  }
}

TEST_CASE("oracle of 06: logsumexp, also of large numbers", "[06][gradient]") {
  check_golden(oracle::logsumexp(), [](Inputs in) { return logsumexp(in[0], 1); }, {scores()});
  check_golden(oracle::logsumexp_large(), [](Inputs in) { return logsumexp(in[0], 0, true); },
               {waves(1, {3, 2}) * 1000});
}
