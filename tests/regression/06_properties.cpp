// What must hold of losses of any scores, against plain loops: tests/support/slow.hpp.
#include <numeric>

#include <tinytorch/losses.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

struct Question {
  Values scores;  // [N, C]
  std::vector<Index> labels;
};

Question question(Random& random) {
  const Index n = random.between(1, 5), classes = random.between(2, 5);
  Question q{slow::random_values(random, {n, classes}), {}};
  for (Index i = 0; i < n; ++i) q.labels.push_back(random.below(classes));
  return q;
}

double number(const Tensor& loss) { return double(loss.item()); }

}  // namespace

TEST_CASE("properties of 06: cross_entropy is minus the log of the label's share",
          "[06][property]") {
  for_each_seed(60, [](Random& random) {
    const Question q = question(random);
    const Index n = Index(q.labels.size());
    const Tensor x = slow::somewhere(q.scores, random);
    const Values shares = slow::softmax(q.scores, 1);
    Values each{{}, {n}};
    for (Index i = 0; i < n; ++i) {
      each.numbers.push_back(-std::log(slow::at(shares, {i, q.labels[std::size_t(i)]})));
    }
    const double total = std::accumulate(each.numbers.begin(), each.numbers.end(), 0.0);
    const IndexTensor labels(q.labels, {n});
    CHECK_TENSOR(cross_entropy(x, labels, {.reduction = Reduction::none}), each);
    CHECK_TENSOR(cross_entropy(x, labels, {.reduction = Reduction::sum}), values({total}, {}));
    CHECK_TENSOR(cross_entropy(x, labels), values({total / double(n)}, {}));
  });
}

TEST_CASE("properties of 06: the order of the examples does not matter", "[06][property]") {
  for_each_seed(40, [](Random& random) {
    const Question q = question(random);
    const Index n = Index(q.labels.size());
    const Shape order = random.order(n);
    std::vector<Index> labels;
    Values scores = q.scores;
    for (Index i = 0; i < n; ++i) {
      labels.push_back(q.labels[std::size_t(order[std::size_t(i)])]);
      for (Index c = 0; c < q.scores.shape[1]; ++c) {
        slow::at(scores, {i, c}) = slow::at(q.scores, {order[std::size_t(i)], c});
      }
    }
    const CrossEntropyOptions options = {
        .ignore_index = 1, .label_smoothing = 0.3, .reduction = Reduction::sum};
    const double one = number(
        cross_entropy(slow::somewhere(q.scores, random), IndexTensor(q.labels, {n}), options));
    const double other =
        number(cross_entropy(slow::somewhere(scores, random), IndexTensor(labels, {n}), options));
    CHECK_TENSOR(scalar(real(one)), values({other}, {}));
  });
}

TEST_CASE("properties of 06: smoothing mixes two losses", "[06][property]") {
  for_each_seed(40, [](Random& random) {
    const Question q = question(random);
    const IndexTensor labels(q.labels, {Index(q.labels.size())});
    const Tensor x = slow::somewhere(q.scores, random);
    const auto loss = [&](double s) {
      return number(cross_entropy(x, labels, {.label_smoothing = s}));
    };
    const double share = double(random.below(11)) / 10;
    CHECK_TENSOR(scalar(real(loss(share))), values({(1 - share) * loss(0) + share * loss(1)}, {}));
  });
}

TEST_CASE("properties of 06: distances by plain loops", "[06][property]") {
  for_each_seed(40, [](Random& random) {
    const Shape shape = random.shape();
    const Values a = slow::random_values(random, shape), b = slow::random_values(random, shape);
    const Tensor x = slow::somewhere(a, random), y = slow::somewhere(b, random);
    CHECK_TENSOR(mse_loss(x, y, {.reduction = Reduction::none}),
                 slow::combine(a, b, [](double p, double q) { return (p - q) * (p - q); }));
    CHECK_TENSOR(l1_loss(x, y, {.reduction = Reduction::none}),
                 slow::combine(a, b, [](double p, double q) { return std::abs(p - q); }));
    const Values yes = slow::map(b, [](double p) { return (p + 2) / 4; });
    CHECK_TENSOR(binary_cross_entropy_with_logits(x, slow::somewhere(yes, random),
                                                  {.reduction = Reduction::none}),
                 slow::combine(a, yes, [](double z, double t) {
                   const double p = 1 / (1 + std::exp(-z));
                   return -t * std::log(p) - (1 - t) * std::log(1 - p);
                 }));
  });
}
