// Observations of module 06: losses, their rules, and numbers at which formulas break.
#include <tinytorch/losses.hpp>

#include "gradients.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::Case;
using observe::leaf;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_gradients;
using observe::see_rule;
using observe::see_second_gradients;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Reduction any_reduction(Case& c) {
  constexpr Reduction all[] = {Reduction::none, Reduction::mean, Reduction::sum};
  return all[c.whole(0, 2)];
}

Tensor line_of(const std::vector<double>& values) {
  return observe::tensor_of(values, {static_cast<Index>(values.size())});
}

std::vector<double> numbers(Case& c, Index count, double low, double high) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (double& value : values) value = c.number(low, high);
  return values;
}

/// log_sum_exp of numbers that lie `step` apart.
double log_sum_exp_of(const std::vector<double>& values, Index step = 1) {
  std::vector<real> memory(values.size() * static_cast<std::size_t>(step) + 1, real(1e6));
  for (std::size_t i = 0; i < values.size(); ++i)
    memory[i * static_cast<std::size_t>(step)] = static_cast<real>(values[i]);
  return detail::log_sum_exp({memory.data(), step, static_cast<Index>(values.size())});
}

/// Scores [C], [N, C] or [N, C, d1, ...], the axis of the classes, labels, some of them ignored.
struct Question {
  Tensor scores;
  std::size_t axis;
  IndexTensor labels;
  Index ignore_index;
};

Question question(Case& c, double low = -3, double high = 3) {
  const Shape shape = c.shape(1, 4, c.repetition() == 0 ? 2 : 1);
  const std::size_t axis = shape.size() == 1 ? 0 : 1;
  const Index classes = shape[axis];
  Shape of_labels = shape;
  of_labels.erase(axis);
  const Index ignored = c.coin() ? -100 : c.whole(-2, classes - 1);
  IndexTensor labels = c.labels(of_labels, 0, classes - 1);
  for (Index i = 0; i < labels.numel(); ++i) {
    if (c.whole(0, 3) == 0) labels.data()[i] = ignored;
  }
  return {any_tensor(c, shape, low, high), axis, labels, ignored};
}

double any_smoothing(Case& c) { return c.coin() ? 0 : c.number(0.05, 0.5); }

CrossEntropy asked(const Question& q, double smoothing) {
  return CrossEntropy(q.axis, q.labels,
                      {.ignore_index = q.ignore_index, .label_smoothing = smoothing});
}

}  // namespace

OBSERVE("06.1", "reduced: none, mean, sum, and nothing that counts") {
  const Tensor losses = any_tensor(c, c.repetition() == 0 ? Shape{} : c.shape(1, 3));
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
    see(c, detail::reduced(losses, reduction, c.whole(1, 9)));
    see(c, detail::reduced(zeros({2}), reduction, 0));
  }
}

OBSERVE("06.2", "mse_loss with gradients of both, and shapes that would broadcast") {
  const Shape shape = c.shape(0, 3);
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
    see_gradients(c,
                  [&](const auto& in) { return mse_loss(in[0], in[1], {.reduction = reduction}); },
                  {any_tensor(c, shape), any_tensor(c, shape)});
  }
  const Index n = c.whole(2, 4);
  see_error(c, [&] { (void)mse_loss(random_tensor(c, {n, 1}), random_tensor(c, {n})); });
}

OBSERVE("06.3", "binary cross entropy of any score: large, tiny, infinite, nan") {
  const auto loss = [](const Tensor& z, const Tensor& y) {
    return BceWithLogits{}.forward(std::array{z, y});
  };
  const Shape shape = c.shape(0, 3, c.repetition() == 0 ? 0 : 1);
  see(c, loss(any_tensor(c, shape, -5, 5), any_tensor(c, shape, 0, 1)));
  see(c, loss(any_tensor(c, shape, -200, 200), any_tensor(c, shape, 0, 1)));
  for (int i = 0; i < 4; ++i) {  // each alone: beside a large loss a small one could be anything
    see(c, loss(scalar(static_cast<real>(c.number(8, 40))), scalar(1)));
    see(c, loss(scalar(static_cast<real>(c.number(-40, -8))), scalar(0)));
    see(c, loss(scalar(static_cast<real>(c.number(20, 150))), scalar(0)));
  }
  see(c, loss(line_of({not_a_number, 1, 0}), line_of({1, not_a_number, 1})));
}

OBSERVE("06.4", "rule of binary cross entropy, with and without a gradient of the target") {
  const Shape shape = c.shape(0, 3);
  const double far = c.coin() ? 5 : 150;
  const Tensor z = any_tensor(c, shape, -far, far), y = any_tensor(c, shape, 0, 1);
  const Tensor g = any_tensor(c, shape);
  see_rule(c, BceWithLogits{}, {z, c.coin() ? leaf(y) : y}, z, g);
}

OBSERVE("06.5", "log_sum_exp: large numbers, infinite ones, none at all") {
  const Index count = c.whole(1, 6), step = c.whole(1, 3);
  see(c, log_sum_exp_of(numbers(c, count, -3, 3), step));
  see(c, log_sum_exp_of(numbers(c, count, -2000, -1000), step));
  see(c, log_sum_exp_of(numbers(c, count, 100, 1000), step));
  see(c, log_sum_exp_of(numbers(c, count, 10000, 10001), step) - 10000);
  std::vector<double> values = numbers(c, count, -3, 3);
  for (const double special : {-infinity, infinity, not_a_number}) {
    values[static_cast<std::size_t>(c.whole(0, count - 1))] = special;
    see(c, log_sum_exp_of(values, step));
  }
  see(c, log_sum_exp_of(std::vector<double>(static_cast<std::size_t>(count), -infinity)));
  see(c, log_sum_exp_of({}));
}

OBSERVE("06.5", "log_sum_exp of a long line") {
  const std::vector<double> values = numbers(c, 2000, -1, 0);
  double total = 0;
  for (const double value : values)
    total += std::exp(static_cast<double>(static_cast<real>(value)));
  see(c, static_cast<Index>(std::llround((log_sum_exp_of(values) - std::log(total)) * 5e6)));
}

OBSERVE("06.6", "rule of logsumexp along any axis, of large numbers too") {
  const Shape shape = c.shape(1, 4);
  const std::size_t axis =
      static_cast<std::size_t>(c.whole(0, static_cast<Index>(shape.size()) - 1));
  see_rule(c, LogSumExp(axis), {any_tensor(c, shape)});
  see_rule(c, LogSumExp(axis), {any_tensor(c, shape, 200, 210)});
}

OBSERVE("06.7", "target_distribution: smoothed or not, ignored lines") {
  const Question q = question(c);
  for (const double smoothing : {0.0, c.number(0.05, 0.5), 1.0})
    see(c,
        detail::target_distribution(q.labels, q.scores.shape(), q.axis, smoothing, q.ignore_index));
}

OBSERVE("06.8", "the number at the label, wherever the classes stand") {
  for (int i = 0; i < 4; ++i) {
    const Question q = question(c, -5, 0);
    see(c, NllPick(q.axis, q.labels, q.ignore_index).forward(std::array{q.scores}));
  }
}

OBSERVE("06.9", "rule of nll_loss") {
  const Question q = question(c, -5, 0);
  see_rule(c, NllPick(q.axis, q.labels, q.ignore_index), {q.scores}, zeros(q.labels.shape()),
           any_tensor(c, q.labels.shape()));
}

OBSERVE("06.10", "cross entropy of distributions, with gradients of both") {
  const Shape shape = c.shape(1, 3, 2, 4);
  const CrossEntropyOptions options = {.label_smoothing = any_smoothing(c),
                                       .reduction = any_reduction(c)};
  const double far = c.coin() ? 3 : 300;
  see_gradients(c, [&](const auto& in) { return cross_entropy(in[0], in[1], options); },
                {any_tensor(c, shape, -far, far), any_tensor(c, shape, 0, 1)});
}

OBSERVE("06.11", "cross entropy of labels: smoothed, ignored, masked, large") {
  const Question q = question(c, -3, 3), large = question(c, 10000, 10002);
  for (const double smoothing : {0.0, c.number(0.05, 0.5)}) {
    see(c, asked(q, smoothing).forward(std::array{q.scores}));
    see(c, asked(large, smoothing).forward(std::array{large.scores}));
  }
  const Tensor masked = line_of({c.number(), -infinity, c.number()});
  const CrossEntropy of_masked(0, index_tensor({c.whole(0, 2)}, {}), {});
  see(c, of_masked.forward(std::array{masked}));
}

OBSERVE("06.12", "rule of cross entropy") {
  const Question q = question(c);
  for (const double smoothing : {0.0, c.number(0.05, 0.5)})
    see_rule(c, asked(q, smoothing), {q.scores}, zeros(q.labels.shape()),
             any_tensor(c, q.labels.shape()));
}

OBSERVE("06.12", "memory of the way back, in tensors as large as the scores") {
  const Index rows = c.whole(30, 50), classes = c.whole(40, 60);
  const Tensor scores = random_tensor(c, {rows, classes}), g = random_tensor(c, {rows});
  const CrossEntropy op(1, c.labels({rows}, 0, classes - 1), {});
  const std::vector<Tensor> inputs = {scores};
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  (void)vjp(op, inputs, Tensor(), g);
  const double peak = static_cast<double>(memory::stats().peak_bytes - before);
  see(c, peak > 3.5 * static_cast<double>(scores.nbytes()));
}

OBSERVE("06", "losses with any options, and labels and options that cannot be") {
  const Question q = question(c);
  const auto own = [&](auto loss) { see_gradients(c, loss, {q.scores}); };
  const double smoothing = any_smoothing(c);
  const CrossEntropyOptions options = {
      .ignore_index = q.ignore_index, .label_smoothing = smoothing, .reduction = any_reduction(c)};
  own([&](const auto& in) { return cross_entropy(in[0], q.labels, options); });
  own([&](const auto& in) { return cross_entropy_composed(in[0], q.labels, options); });
  own([&](const auto& in) {
    return nll_loss(log_softmax(in[0], static_cast<Index>(q.axis)), q.labels,
                    {.ignore_index = q.ignore_index, .reduction = options.reduction});
  });
  own([&](const auto& in) { return logsumexp(in[0], -1, c.coin()); });
  const Tensor target = any_tensor(c, q.scores.shape(), 0, 1);
  own([&](const auto& in) {
    return binary_cross_entropy_with_logits(in[0], target, {.reduction = options.reduction});
  });
  own([&](const auto& in) { return l1_loss(in[0], target, {.reduction = options.reduction}); });

  const Index n = c.whole(2, 4), classes = c.whole(2, 4);
  const Tensor scores = random_tensor(c, {n, classes});
  see_error(c, [&] { (void)cross_entropy(scores, c.labels({n}, classes, classes + 3)); });
  see_error(c, [&] { (void)nll_loss(scores, c.labels({n}, -5, -1)); });
  see_error(c, [&] { (void)nll_loss(scores, c.labels({n + 1}, 0, 1)); });
  see_error(c, [&] {
    (void)cross_entropy(scores, c.labels({n}, 0, 1), {.label_smoothing = c.number(1.1, 2)});
  });
  see_error(c, [&] { (void)cross_entropy(scores, random_tensor(c, {classes, n + 9})); });
}

OBSERVE("06", "second derivatives of losses") {
  const Question q = question(c);
  const Tensor target = any_tensor(c, q.scores.shape(), 0, 1);
  const double smoothing = any_smoothing(c);
  see_second_gradients(c,
                       [&](const auto& in) {
                         return cross_entropy(in[0], q.labels,
                                              {.ignore_index = q.ignore_index,
                                               .label_smoothing = smoothing,
                                               .reduction = Reduction::sum}) +
                                binary_cross_entropy_with_logits(in[0], in[1]) +
                                mse_loss(in[0], in[1]) + sum(logsumexp(in[0], 0));
                       },
                       {q.scores, target});
}
