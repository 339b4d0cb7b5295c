// From scores to a token: top-k, top-p, temperature, the draw.
#include <tinytorch/transformers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr double out = -std::numeric_limits<double>::infinity();

Tensor logits_of(const std::vector<double>& probabilities) {
  std::vector<real> logits;
  for (const double p : probabilities) logits.push_back(static_cast<real>(std::log(p)));
  return tensor(logits, {static_cast<Index>(logits.size())});
}

/// How often each of n tokens is drawn in `draws` draws.
std::vector<double> shares(const Tensor& logits, const GenerateOptions& options, int draws) {
  Rng rng(11);
  std::vector<double> share(static_cast<std::size_t>(logits.numel()));
  for (int i = 0; i < draws; ++i) {
    share.at(static_cast<std::size_t>(sample_next(logits, rng, options))) += 1.0 / draws;
  }
  return share;
}

}  // namespace

TEST_CASE("keep_top_k: the largest stay as they are", "[13.9][core]") {
  CHECK_TENSOR(keep_top_k(tensor({1, 3, 2, 3}, {4}), 2), values({out, 3, out, 3}, {4}));
  CHECK_TENSOR(keep_top_k(tensor({1, -3, 2}, {3}), 1), values({out, out, 2}, {3}));
}

TEST_CASE("keep_top_k: exactly k also where several are equal", "[13.9][edge]") {
  CHECK_TENSOR(keep_top_k(tensor({5, 5, 5}, {3}), 1), values({5, out, out}, {3}));
  CHECK_TENSOR(keep_top_k(tensor({2, 7, 2, 2}, {4}), 3), values({2, 7, 2, out}, {4}));
}

TEST_CASE("keep_top_k: k may be larger than the vocabulary", "[13.9][edge]") {
  const Tensor logits = tensor({1, 2}, {2});
  CHECK_TENSOR(keep_top_k(logits, 5), values({1, 2}, {2}));
  CHECK_TENSOR(keep_top_k(logits, 2), values({1, 2}, {2}));
  CHECK_TENSOR(keep_top_k(logits, 1), values({out, 2}, {2}));
  CHECK_TENSOR(logits, values({1, 2}, {2}));  // the caller's own are left alone
}

TEST_CASE("keep_top_p: the smallest set that makes up p", "[13.10][core]") {
  const Tensor logits = logits_of({0.25, 0.5, 0.25});
  CHECK_TENSOR(keep_top_p(logits, 0.4), values({out, std::log(0.5), out}, {3}));
  CHECK_TENSOR(keep_top_p(logits, 0.6), values({std::log(0.25), std::log(0.5), out}, {3}));
  CHECK_TENSOR(keep_top_p(logits, 0.8),
               values({std::log(0.25), std::log(0.5), std::log(0.25)}, {3}));
  CHECK_TENSOR(keep_top_p(tensor({0, 0, 0, 0}, {4}), 0.5), values({0, 0, out, out}, {4}));
}

TEST_CASE("keep_top_p: never empty", "[13.10][edge]") {
  CHECK_TENSOR(keep_top_p(tensor({0, 0, 0, 0}, {4}), 1e-9), values({0, out, out, out}, {4}));
  CHECK_TENSOR(keep_top_p(tensor({0, 9}, {2}), 0.01), values({out, 9}, {2}));
}

TEST_CASE("keep_top_p: what is ruled out already stays so", "[13.10][edge]") {
  const Tensor logits = tensor({0, real(out), 0, 0}, {4});  // a third each
  CHECK_TENSOR(keep_top_p(logits, 0.6), values({0, out, 0, out}, {4}));
}

TEST_CASE("keep_top_k and keep_top_p: say what they expect", "[13.9][13.10][errors]") {
  CHECK_TENSOR(keep_top_p(keep_top_k(tensor({1, 0}, {2}), 1), 0.5), values({1, out}, {2}));
  CHECK_THROWS_WITH(keep_top_k(tensor({1, 2}, {2}), 0), contains("expects k >= 1, got 0"));
  CHECK_THROWS_AS(keep_top_p(tensor({1, 2}, {2}), 0), ValueError);
  CHECK_THROWS_AS(keep_top_p(tensor({1, 2}, {2}), 1.1), ValueError);
  CHECK_THROWS_WITH(keep_top_k(ones({2, 2}), 1), contains("logits [V] with V >= 1, got [2, 2]"));
}

TEST_CASE("pick: the piece of the ruler that u falls into", "[13.11][core]") {
  const Tensor p = tensor({0.25f, 0, 0.75f}, {3});
  CHECK(detail::pick(p, 0) == 0);
  CHECK(detail::pick(p, 0.2499) == 0);
  CHECK(detail::pick(p, 0.25) == 2);  // [0, 0.25) is the first piece, without its end
  CHECK(detail::pick(p, 0.9999) == 2);
}

TEST_CASE("pick: never one of probability 0", "[13.11][edge]") {
  CHECK(detail::pick(tensor({0, 0, 1, 0}, {4}), 0) == 2);
  // rounding may leave the sum below u: the last one that is not 0 is meant
  CHECK(detail::pick(tensor({0.5f, 0.25f, 0}, {3}), 0.9) == 1);
}

TEST_CASE("sample_next: as often as the probabilities say", "[13.11][property]") {
  const std::vector<double> share = shares(logits_of({0.1, 0.6, 0.3}), {}, 4000);
  CHECK(std::abs(share[0] - 0.1) < 0.03);  // the standard deviation of 0.6 is 0.008
  CHECK(std::abs(share[1] - 0.6) < 0.03);
  CHECK(std::abs(share[2] - 0.3) < 0.03);
}

TEST_CASE("sample_next: temperature sharpens and flattens", "[13.11][property]") {
  const Tensor logits = logits_of({0.2, 0.8});
  // temperature 0.5 squares the odds: 1 to 16;  temperature 2 takes their root: 1 to 2
  CHECK(std::abs(shares(logits, {.temperature = 0.5}, 3000)[0] - 1.0 / 17) < 0.02);
  CHECK(std::abs(shares(logits, {.temperature = 2}, 3000)[0] - 1.0 / 3) < 0.04);
}

TEST_CASE("sample_next: temperature 0 takes the first of the largest and draws nothing",
          "[13.11][edge]") {
  Rng rng(1), same(1);
  CHECK(sample_next(tensor({1, 4, 4, 2}, {4}), rng, {.temperature = 0}) == 1);
  CHECK(rng.state() == same.state());
  CHECK(sample_next(tensor({1e4f, 0, 9e3f}, {3}), rng, {.temperature = 1e-3}) == 0);
}

TEST_CASE("sample_next: top_k and top_p rule tokens out", "[13.9][13.10][13.11][property]") {
  const Tensor logits = logits_of({0.4, 0.3, 0.2, 0.1});
  const std::vector<double> two = shares(logits, {.top_k = 2}, 1500);
  CHECK(two[2] + two[3] == 0);
  CHECK(std::abs(two[0] - 4.0 / 7) < 0.05);
  const std::vector<double> three = shares(logits, {.top_p = 0.75}, 1500);
  CHECK(three[3] == 0);
  CHECK(std::abs(three[2] - 2.0 / 9) < 0.05);
  // top_k = 3 leaves 4/9, 3/9, 2/9: now the first two make up 0.75; of all four it takes three
  const std::vector<double> both = shares(logits, {.top_k = 3, .top_p = 0.75}, 500);
  CHECK(both[2] == 0);
}

TEST_CASE("sample_next: refuses what cannot be drawn from", "[13.11][errors]") {
  Rng rng(1);
  CHECK(sample_next(tensor({3}, {1}), rng) == 0);
  CHECK_THROWS_WITH(sample_next(tensor({real(NAN), 1}, {2}), rng), contains("got nan"));
  CHECK_THROWS_WITH(sample_next(tensor({1, 1}, {2}), rng, {.temperature = -1}),
                    contains("temperature -1"));
  CHECK_THROWS_AS(sample_next(ones({1, 2}), rng), ShapeError);
}
