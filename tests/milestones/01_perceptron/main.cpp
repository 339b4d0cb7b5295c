// M1  Perceptron 1958: a machine that learns from its mistakes, on your modules 01 and 02.
//
//   tito milestone run M1                 on your code;  --solution: on the reference
//
// Two classes (1 against 8) with Rosenblatt's rule, then all ten with one row of weights a digit. There is no
// gradient here: the rule is older than that idea. What runs is your tensors: views, broadcasting, matmul,
// argmax, where, sum, mean, cat. README.md beside this file: the history, and where the gates come from.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../support/stb.hpp"

#include <tinytorch/ops.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "../support/image_sheet.hpp"
#include "../support/options.hpp"
#include "../support/picture.hpp"
#include "../support/progress.hpp"
#include "../support/result.hpp"
#include "../support/stop.hpp"

namespace {

using milestone::ImageSheet;
using milestone::Part;
using tt::Index;
using tt::IndexTensor;
using tt::real;
using tt::Tensor;

constexpr Index digits = 10;
constexpr Index plus_digit = 1, minus_digit = 8;  // of all 45 pairs the slowest to separate
constexpr int two_class_epochs = 100;             // it stops at the first epoch without a mistake
constexpr int ten_class_epochs = 10;
constexpr double two_class_gate = 0.93;  // both gates: README.md, "Where the gates come from"
constexpr double ten_class_gate = 0.94;

/// The framework ran to the end, but what it answered cannot be.
struct Inconsistent : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Pictures as rows of numbers. A last column of ones makes the bias a weight like the others.
Tensor with_bias(const Tensor& images) {                       // [N, 8, 8]
  const Tensor pixels = images.flatten(1);                     // [N, 64]
  return tt::cat({pixels, tt::ones({pixels.size(0), 1})}, 1);  // [N, 65]
}

/// How many entries of two lists of whole numbers agree: counted here, without the framework, because the
/// gate stands on it.
Index count_equal(const IndexTensor& a, const IndexTensor& b) {
  if (a.shape() != b.shape()) {
    throw Inconsistent("expects a guess for each of " + std::to_string(b.numel()) +
                       " digits, got shape " + tt::to_string(a.shape()) +
                       "\n  hint: argmax(scores, 1) of scores [N, 10] is [N]");
  }
  Index equal = 0;
  for (Index i = 0; i < a.numel(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

/// What the framework says a share is, held against a plain count.
void check_share(const char* how, double said, Index count, Index total) {
  const double counted = static_cast<double>(count) / static_cast<double>(total);
  if (!(std::abs(said - counted) < 1e-4)) {
    throw Inconsistent(std::string(how) + ": expects " + std::to_string(counted) +
                       ", the share of right guesses counted one by one, got " +
                       std::to_string(said));
  }
}

// ---- (a) two classes

/// The pictures of two digits only: rows [N, 65], and the answers +1 and -1, [N].
struct TwoClasses {
  Tensor rows, answers;
};

TwoClasses pick_two(const Part& part) {
  const Tensor all = with_bias(part.images);
  std::vector<Tensor> rows;
  std::vector<real> shown;
  for (Index i = 0; i < part.labels.numel(); ++i) {
    const Index digit = part.labels[i];
    if (digit != plus_digit && digit != minus_digit) continue;
    rows.push_back(all.select(0, i));
    shown.push_back(static_cast<real>(digit));
  }
  const Tensor is_plus = tt::eq(tt::tensor(shown), tt::scalar(plus_digit));
  return {tt::stack(rows), tt::where(is_plus, tt::scalar(1), tt::scalar(-1))};
}

/// One pass over the examples in random order with Rosenblatt's rule. Returns the number of mistakes.
int rosenblatt_epoch(Tensor& weights, const TwoClasses& train, tt::Rng& rng) {
  int wrong = 0;
  for (const Index i : rng.permutation(train.rows.size(0))) {
    const Tensor x = train.rows.select(0, i);  // [65], a view
    const real y = train.answers.at({i});
    if (y * tt::matmul(weights, x).item() <= 0) {
      weights.add_(x, y);  // w += y x
      ++wrong;
    }
  }
  return wrong;
}

double two_class_accuracy(const Tensor& weights, const TwoClasses& test) {
  const Tensor scores = tt::matmul(test.rows, weights);  // [N]
  const Tensor guesses = tt::where(tt::gt(scores, tt::scalar(0)), tt::scalar(1), tt::scalar(-1));
  Index right = 0;
  for (Index i = 0; i < guesses.size(0); ++i)
    right += guesses.at({i}) == test.answers.at({i}) ? 1 : 0;
  const Index total = test.rows.size(0);
  check_share("mean(eq(guesses, answers))", double(tt::mean(tt::eq(guesses, test.answers)).item()),
              right, total);
  return static_cast<double>(right) / static_cast<double>(total);
}

struct TwoClassOutcome {
  double accuracy = 0;
  bool converged = false;  // an epoch without a mistake
  Index tested = 0;

  bool passed() const { return converged && accuracy >= two_class_gate; }
};

TwoClassOutcome run_two_classes(const Part& train_part, const Part& test_part, tt::Rng& rng) {
  const TwoClasses train = pick_two(train_part), test = pick_two(test_part);
  std::printf("(a) %lld against %lld: %lld digits to learn from, %lld never seen, 65 weights\n",
              static_cast<long long>(plus_digit), static_cast<long long>(minus_digit),
              static_cast<long long>(train.rows.size(0)),
              static_cast<long long>(test.rows.size(0)));
  std::printf("    Of all 45 pairs the one that takes longest to separate.\n");
  int column = std::printf("    mistakes in each epoch ");

  Tensor weights = tt::zeros({train.rows.size(1)});
  int epoch = 0, wrong = 1;
  while (wrong > 0 && epoch < two_class_epochs) {
    wrong = rosenblatt_epoch(weights, train, rng);
    ++epoch;
    if (column + 4 > static_cast<int>(milestone::screen_width)) {
      std::printf("\n");
      column = std::printf("%27s", "");
    }
    column += std::printf(" %d", wrong);
    std::fflush(stdout);
  }
  std::printf(wrong == 0
                  ? "\n    No mistake in epoch %d: a plane separates them, and it was found.\n"
                  : "\n    Still mistakes in epoch %d, although a plane separates them.\n",
              epoch);

  const double accuracy = two_class_accuracy(weights, test);
  std::printf("    test accuracy %.3f      gate %.3f\n\n", accuracy, two_class_gate);
  return {accuracy, wrong == 0, test.rows.size(0)};
}

// ---- (b) ten classes

struct TenClasses {
  Tensor last;     // [10, 65] the weights after the last example
  Tensor average;  // [10, 65] their mean over all steps
};

IndexTensor guess(const Tensor& weights, const Tensor& rows) {
  return tt::argmax(tt::matmul(rows, weights.transpose(0, 1)), 1);  // [N, 10] -> [N]
}

double accuracy_of(const Tensor& weights, const Tensor& rows, const IndexTensor& labels) {
  return static_cast<double>(count_equal(guess(weights, rows), labels)) /
         static_cast<double>(labels.numel());
}

/// Each digit has a row of weights and the highest score wins. After a wrong guess the right row moves
/// towards the picture and the row that won moves away from it.
TenClasses train_ten(const Tensor& rows, const IndexTensor& labels, const Tensor& test_rows,
                     const IndexTensor& test_labels, tt::Rng& rng) {
  const Index count = rows.size(0);
  const Tensor weights = tt::zeros({digits, rows.size(1)});  // [10, 65]
  Tensor sum = tt::zeros(weights.shape());
  Index steps = 0;
  for (int epoch = 1; epoch <= ten_class_epochs; ++epoch) {
    char label[32];
    std::snprintf(label, sizeof label, "epoch %2d/%d", epoch, ten_class_epochs);
    milestone::Progress progress(label, count);
    Index done = 0, wrong = 0;
    for (const Index i : rng.permutation(count)) {
      const Tensor x = rows.select(0, i);  // [65]
      const Index winner = tt::argmax(tt::matmul(weights, x)).item();
      if (winner != labels[i]) {
        weights.select(0, labels[i]).add_(x);  // a row is a view: this changes `weights`
        weights.select(0, winner).sub_(x);
        ++wrong;
      }
      sum.add_(weights);
      ++steps;
      progress.update(++done, std::to_string(wrong) + " wrong");
    }
    char note[64];
    std::snprintf(note, sizeof note, "%3lld wrong   test %.3f", static_cast<long long>(wrong),
                  accuracy_of(sum / static_cast<real>(steps), test_rows, test_labels));
    progress.finish(note);
  }
  return {weights, sum / static_cast<real>(steps)};
}

/// A row for each number: all 0, and a 1 at its place. [N] -> [N, 10]
Tensor one_hot(const IndexTensor& labels) {
  const Tensor identity = tt::eye(digits);
  std::vector<Tensor> rows;
  for (const Index label : labels.to_vector()) rows.push_back(identity.select(0, label));
  return tt::stack(rows);
}

/// How often digit r was taken for digit c, at (r, c): [10, N] x [N, 10].
Tensor confusion_matrix(const IndexTensor& labels, const IndexTensor& guesses) {
  return tt::matmul(one_hot(labels).transpose(0, 1), one_hot(guesses));
}

void print_confusion(const Tensor& confusion) {
  const Tensor right = tt::sum(confusion * tt::eye(digits), 1);  // [10], the diagonal
  const Tensor share = right / tt::sum(confusion, 1);
  std::printf("    shown     taken for\n         ");
  for (Index c = 0; c < digits; ++c) std::printf("%5lld", static_cast<long long>(c));
  std::printf("     right\n");
  for (Index r = 0; r < digits; ++r) {
    std::printf("    %5lld", static_cast<long long>(r));
    for (Index c = 0; c < digits; ++c) {
      const long count = std::lround(confusion.at({r, c}));
      if (count == 0) std::printf("    .");
      else std::printf("%5ld", count);
    }
    std::printf("     %.3f\n", double(share.at({r})));
  }
}

/// The weights of each digit as a picture, without the bias, from -1 to 1: [10, 65] -> [10, 8, 8].
Tensor weight_tiles(const Tensor& weights) {
  const Tensor tiles = weights.slice(1, 0, 64).reshape({digits, 8, 8});
  const Tensor largest = tt::max(tt::abs(tiles), {1, 2}, true);  // [10, 1, 1]
  return tiles / tt::maximum(largest, tt::scalar(real(1e-12)));
}

/// All pictures of each digit laid over one another, their mean: [N, 8, 8] -> [10, 8, 8].
Tensor mean_tiles(const Part& train) {
  std::vector<Tensor> means;
  for (Index digit = 0; digit < digits; ++digit) {
    std::vector<Tensor> pictures;
    for (Index i = 0; i < train.labels.numel(); ++i) {
      if (train.labels[i] == digit) pictures.push_back(train.images.select(0, i));
    }
    means.push_back(tt::mean(tt::stack(pictures), 0));  // [8, 8]
  }
  return tt::stack(means);
}

/// Five digits a row, and below each its weights: middle grey is 0, white votes for the digit, black against.
/// Each number is a square of 16 x 16 points, by an expand that copies nothing.
Tensor weight_poster(const Tensor& means, const Tensor& weights) {  // [10, 8, 8] twice
  constexpr Index columns = 5, zoom = 16, side = 8 * zoom, gap = 4, margin = 20;
  constexpr Index width = columns * (side + margin) + margin,
                  height = 2 * (2 * side + gap + margin) + margin;
  const Tensor poster = tt::full({height, width}, real(0.15));
  const auto place = [&](const Tensor& grey, Index top, Index left) {
    const Tensor large =
        grey.reshape({8, 1, 8, 1}).expand({8, zoom, 8, zoom}).reshape({side, side});
    poster.slice(0, top, top + side).slice(1, left, left + side).copy_(large);
  };
  for (Index digit = 0; digit < digits; ++digit) {
    const Index top = margin + digit / columns * (2 * side + gap + margin);
    const Index left = margin + digit % columns * (side + margin);
    place(means.select(0, digit), top, left);
    place(weights.select(0, digit) * real(0.5) + real(0.5), top + side + gap, left);
  }
  return poster;
}

void print_weights(const Tensor& tiles) {
  constexpr Index columns = 5;
  for (Index first = 0; first < digits; first += columns) {
    std::vector<std::vector<std::string>> blocks;
    for (Index digit = first; digit < first + columns; ++digit) {
      blocks.push_back(milestone::signed_picture(tiles.select(0, digit), 12));
      std::string title = std::to_string(digit);
      title.resize(12, ' ');
      blocks.back().insert(blocks.back().begin(), title);
    }
    for (std::string line : milestone::side_by_side(blocks, 3)) {
      line.erase(line.find_last_not_of(' ') + 1);
      std::printf("    %s\n", line.c_str());
    }
  }
}

double run_ten_classes(const Part& train, const Part& test, tt::Rng& rng,
                       const std::filesystem::path& png) {
  const Tensor rows = with_bias(train.images), test_rows = with_bias(test.images);
  std::printf("(b) ten digits: %lld to learn from, %lld never seen, 10 rows of 65 weights\n",
              static_cast<long long>(rows.size(0)), static_cast<long long>(test_rows.size(0)));
  const TenClasses learned = train_ten(rows, train.labels, test_rows, test.labels, rng);

  const IndexTensor guesses = guess(learned.average, test_rows);
  const Index right = count_equal(guesses, test.labels);
  const double accuracy = static_cast<double>(right) / static_cast<double>(test.labels.numel());
  const Tensor confusion = confusion_matrix(test.labels, guesses);
  check_share("the diagonal of the confusion matrix",
              double(tt::sum(confusion * tt::eye(digits)).item()) / double(test.labels.numel()),
              right, test.labels.numel());

  std::printf("\n");
  print_confusion(confusion);
  std::printf("\n    What each row of weights looks for: # + ink that votes for it, = - against\n");
  const Tensor tiles = weight_tiles(learned.average);
  print_weights(tiles);
  milestone::write_grey(png, weight_poster(mean_tiles(train), tiles));

  std::printf("\n    weights after the last example   %.3f\n",
              accuracy_of(learned.last, test_rows, test.labels));
  std::printf("    their average over all steps     %.3f   steadier, so this one counts\n",
              accuracy);
  std::printf("    test accuracy %.3f      gate %.3f\n", accuracy, ten_class_gate);
  std::printf("    each digit's mean and, below it, its weights:\n    %s\n\n", png.c_str());
  return accuracy;
}

// ---- all of it

milestone::Result start_result(const milestone::Options& options) {
  milestone::Result result;
  result.milestone = "M1";
  result.gate = ten_class_gate;
  result.seed = options.seed;
  return result;
}

std::string on_digits(const char* what, double accuracy, Index count) {
  char text[80];
  std::snprintf(text, sizeof text, "%saccuracy %.3f on %lld digits", what, accuracy,
                static_cast<long long>(count));
  return text;
}

/// Trains and judges; fills in `result` as it goes, so that an error leaves what was known.
void run(const milestone::Options& options, milestone::Result& result) {
  std::printf("M1  Perceptron 1958: a machine that learns from its mistakes\n"
              "    F. Rosenblatt, \"The perceptron\", Psychological Review 65 (1958) 386-408.\n"
              "    Its rule: look at an example x, answer y = +1 or -1. Right: change nothing.\n"
              "    Wrong: w += y x. Mark I (1960): 400 photocells, knobs turned by motors.\n\n");
  const ImageSheet sheet = milestone::load_sheet(options.root / "datasets" / "digits8", "digits8");
  const Part train = sheet.part("train"), test = sheet.part("test");
  tt::Rng rng(options.seed);

  const TwoClassOutcome two = run_two_classes(train, test, rng);
  const double ten = run_ten_classes(train, test, rng, options.out / "M1.png");
  result.accuracy = ten;
  result.passed = two.passed() && ten >= ten_class_gate;
  result.summary = on_digits("", ten, test.labels.numel());
  if (!two.passed()) {
    result.summary += on_digits("; two digits: ", two.accuracy, two.tested);
    if (!two.converged) result.summary += ", with mistakes to the end";
  }
}

int finish(const milestone::Options& options, const milestone::Result& result) {
  milestone::write_result(options.out, result);
  std::printf("    %s in %.2f s, at most %.1f MB of tensors.\n",
              result.passed ? "passed" : "not passed", result.seconds,
              double(result.peak_bytes) / 1e6);
  if (!result.passed && result.accuracy) {
    std::printf("    %s\n    What scores like this: tests/milestones/01_perceptron/README.md\n",
                result.summary.c_str());
  }
  if (!result.passed) std::printf("    next: tito test 01, then tito test 02\n");
  return result.passed ? milestone::exit_passed : milestone::exit_fell_short;
}

int run_and_report(const milestone::Options& options) {
  milestone::prepare_folder(options.out, "M1");
  milestone::Result result = start_result(options);
  const auto start = std::chrono::steady_clock::now();
  tt::memory::reset_peak();
  try {
    run(options, result);
  } catch (const milestone::InfrastructureError&) {
    throw;
  } catch (const std::exception& error) {  // thrown by the framework, or about it
    result.passed = false;
    const std::string what = error.what();
    result.summary = "stopped: " + what.substr(0, what.find('\n'));
    std::printf("\n\n    The framework stopped:\n    %s\n\n", what.c_str());
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.peak_bytes = tt::memory::stats().peak_bytes;
  return finish(options, result);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_and_report(milestone::parse_options(argc, argv));
  } catch (const milestone::UsageError& error) {
    std::fprintf(stderr, "M1: %s\n", error.what());
    return milestone::exit_usage;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(
        stderr, "M1: %s\n  This is not about your code: a file or folder is not as it should be.\n",
        error.what());
    return milestone::exit_infrastructure;
  }
}
