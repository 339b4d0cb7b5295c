// 14_training / metrics.hpp, evaluate.hpp, early_stopping.hpp: is it any good, and does it still get better?
#include <tinytorch/training/early_stopping.hpp>
#include <tinytorch/training/metrics.hpp>
#include "../pedagogy/14_training/runs.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Which of these losses makes it stop: their number, or -1.
int stops_at(EarlyStopping early, const std::vector<double>& losses) {
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if (early.update(losses[i])) return static_cast<int>(i);
  }
  return -1;
}

double mean_of(const runs::Batch& batch) { return double(mean(batch.x).item()); }

}  // namespace

TEST_CASE("accuracy: right ones over all", "[14.5][core]") {
  const Tensor scores = tensor({1, 3, 5, 2, 0, -1, 2, 2.5f}, {4, 2});
  CHECK(accuracy(scores, index_tensor({1, 0, 0, 1}, {4})) == 1.0);
  CHECK(accuracy(scores, index_tensor({1, 1, 0, 0}, {4})) == 0.5);
  CHECK(accuracy(scores.reshape({2, 2, 2}), index_tensor({1, 0, 1, 0}, {2, 2})) == 0.5);
}

TEST_CASE("accuracy: ignored labels are neither right nor asked", "[14.5][edge]") {
  const Tensor scores = tensor({1, 3, 5, 2, 9, 0}, {3, 2});
  CHECK(accuracy(scores, index_tensor({1, -100, 1}, {3})) == 0.5);
  CHECK(accuracy(scores, index_tensor({1, 0, 0}, {3}), {.ignore_index = 0}) == 1.0);
  CHECK(std::isnan(accuracy(scores, index_tensor({-100, -100, -100}, {3}))));
}

TEST_CASE("accuracy: one label a line", "[14.5][errors]") {
  CHECK(accuracy(tensor({1, 2, 3}, {3}), index_tensor({2}, {})) == 1.0);
  CHECK_THROWS_WITH(
      accuracy(zeros({4, 2}), index_tensor({1, 0}, {2})),
      contains("accuracy: expects scores [*, C] with labels [*], got [4, 2] with [2]"));
}

TEST_CASE("perplexity: the number of tokens among which it chooses", "[14.6][core]") {
  const Tensor logits = zeros({3, 512});  // a model that gives each of 512 tokens the same
  const double loss = double(cross_entropy(logits, index_tensor({5, 17, 511}, {3})).item());
  CHECK(std::abs(perplexity(loss) - 512) < 0.01);
  CHECK(perplexity(0) == 1);
}

TEST_CASE("perplexity: of the mean and not the mean of", "[14.6][property]") {
  // e^1 and e^3: the mean loss is 2, and e^2 = 7.389 is what is asked for; (e + e^3) / 2 is 11.40
  CHECK(std::abs(perplexity((1.0 + 3.0) / 2) - 7.389056) < 1e-5);
}

TEST_CASE("evaluate: every example counts the same in a short batch", "[14.7][core]") {
  Rng rng(1);
  const runs::Net net(rng);
  const runs::Examples data(tensor({1, 1, 4}), index_tensor({0, 0, 0}, {3}));
  const runs::Loader loader(data, {.batch_size = 2});
  const auto loss = [](const runs::Batch& batch) { return mean(batch.x); };
  CHECK_TENSOR(values({evaluate(net, loader, loss)}, {1}),
               values({2}, {1}));  // (2 * 1 + 1 * 4) / 3
}

TEST_CASE("evaluate: without dropout and without a graph", "[14.7][systems]") {
  Rng rng(1);
  const runs::Net net(rng, 0.9);
  const runs::Loader loader(runs::examples(), {.batch_size = 12});
  const runs::Batch all = *runs::Loader(loader).begin();
  net.eval();
  const double plain = double(cross_entropy(net(all.x), all.y).item());
  net.train();
  bool training = false, recorded = false;
  const double loss = evaluate(net, loader, [&](const runs::Batch& batch) {
    const Tensor value = cross_entropy(net(batch.x), batch.y);
    training = training || net.is_training() || net.drop.is_training();
    recorded = recorded || value.requires_grad();
    return value;
  });
  CHECK_TENSOR(values({loss}, {1}), values({plain}, {1}));
  CHECK_FALSE(training);
  CHECK_FALSE(recorded);
}

TEST_CASE("evaluate: leaves model and loader as they were", "[14.7][edge]") {
  Rng rng(1);
  const runs::Net net(rng);
  const runs::Loader loader(runs::examples(), {.batch_size = 5, .shuffle = true});
  const auto loss = [&](const runs::Batch& batch) { return cross_entropy(net(batch.x), batch.y); };
  const double first = evaluate(net, loader, loss);
  CHECK(net.is_training());
  CHECK(net.drop.is_training());
  CHECK(loader.epoch() == 0);
  net.eval();
  CHECK(evaluate(net, loader, loss) == first);
  CHECK_FALSE(net.is_training());
  net.train();
  const auto broken = [](const runs::Batch&) -> Tensor { throw ValueError("no loss"); };
  CHECK_THROWS_AS(evaluate(net, loader, broken), ValueError);
  CHECK(net.is_training());  // also after an error
}

TEST_CASE("evaluate: of no example there is no loss but of one there is", "[14.7][edge]") {
  Rng rng(1);
  const runs::Net net(rng);
  const runs::Examples none(zeros({0, 3}), IndexTensor({}, {0}));
  const runs::Examples one(full({1, 3}, 2), index_tensor({0}, {1}));
  const auto loss = [](const runs::Batch& batch) {
    return scalar(static_cast<real>(mean_of(batch)));
  };
  CHECK(std::isnan(evaluate(net, runs::Loader(none), loss)));
  CHECK(evaluate(net, runs::Loader(one), loss) == 2);
}

TEST_CASE("EarlyStopping: patience counts from the best loss", "[14.8][core]") {
  CHECK(stops_at(EarlyStopping({.patience = 2}), {5, 4, 4.5, 4.2, 1}) == 3);
  CHECK(stops_at(EarlyStopping({.patience = 2}), {5, 4, 4.5, 3, 3.5, 2}) == -1);
  CHECK(stops_at(EarlyStopping({.patience = 1}), {5, 6}) == 1);
  CHECK(stops_at(EarlyStopping({.patience = 3}), {4, 6, 5.5, 5}) ==
        3);  // it falls, but below 4 never
}

TEST_CASE("EarlyStopping: a fall of min_delta or less is none", "[14.8][edge]") {
  CHECK(stops_at(EarlyStopping({.patience = 2, .min_delta = 0.5}), {5, 4.5, 4.75, 1}) == 2);
  CHECK(stops_at(EarlyStopping({.patience = 2, .min_delta = 0.5}), {5, 4.25, 4, 3.5}) == -1);
  CHECK(stops_at(EarlyStopping({.patience = 2}), {3, 3, 3}) == 2);
}

TEST_CASE("EarlyStopping: NaN is no progress", "[14.8][edge]") {
  CHECK(stops_at(EarlyStopping({.patience = 2}), {5, std::nan(""), std::nan("")}) == 2);
  CHECK(stops_at(EarlyStopping({.patience = 2}), {std::nan(""), std::nan("")}) == 1);
  EarlyStopping early({.patience = 3});
  (void)early.update(2);
  (void)early.update(std::nan(""));
  CHECK(early.best() == 2);
  CHECK(early.waited() == 1);
}
