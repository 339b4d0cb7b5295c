// M3  MLP 1989: a network with a hidden layer reads digits, on your modules 01 to 08.
//
//   tito milestone run M3                 on your code;  --solution: on the reference
//
// First a network without a hidden layer, then one with 64 hidden units; the training loop is written out.
// What runs is yours: ImageSheet and DataLoader, Sequential and Linear, cross_entropy, backward, Adam.
// README.md beside this file: the history, and where the gate comes from.
#include <tinytorch/dataloader.hpp>
#include <tinytorch/layers.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#define STB_IMAGE_WRITE_IMPLEMENTATION  // dataloader.hpp brings stb_image itself
#include "../support/stb.hpp"

#include "../support/options.hpp"
#include "../support/picture.hpp"
#include "../support/progress.hpp"
#include "../support/result.hpp"
#include "../support/stop.hpp"

namespace {

using tt::Index;
using tt::IndexTensor;
using tt::Tensor;
using Digits = tt::TensorDataset<Tensor, IndexTensor>;

constexpr Index side = 8, pixels = side * side, digits = 10, hidden = 64;
constexpr int epochs = 30;
constexpr double gate = 0.945;  // README.md, "Where the gate comes from"

/// The framework ran to the end, but what it answered cannot be.
struct Inconsistent : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the network said of each test digit.
struct Answers {
  std::vector<Index> said, shown;
  std::vector<Tensor> pictures;  // [8, 8] each

  Index right() const {
    Index count = 0;
    for (std::size_t i = 0; i < said.size(); ++i) count += said[i] == shown[i] ? 1 : 0;
    return count;
  }
  double accuracy() const { return double(right()) / double(said.size()); }
};

/// The largest of ten scores, found here and not by the framework: the gate stands on it.
Index largest(const Tensor& scores, Index row) {
  Index best = 0;
  for (Index c = 1; c < digits; ++c) {
    if (scores.at({row, c}) > scores.at({row, best})) best = c;
  }
  return best;
}

Answers ask(const tt::Sequential& model, const Digits& data) {
  const tt::NoGrad no_grad;
  model.eval();
  Answers answers;
  tt::DataLoader loader(data, {.batch_size = 100});
  for (const auto& [x, y] : loader) {
    const Tensor scores = model(x);  // [B, 10]
    if (scores.shape() != tt::Shape{y.numel(), digits}) {
      throw Inconsistent("model(x): expects " + tt::to_string({y.numel(), digits}) + ", got " +
                         tt::to_string(scores.shape()));
    }
    for (Index i = 0; i < y.numel(); ++i) {
      answers.said.push_back(largest(scores, i));
      answers.shown.push_back(y[i]);
      answers.pictures.push_back(x.select(0, i).select(0, 0));
    }
  }
  if (static_cast<Index>(answers.said.size()) != data.size()) {
    throw Inconsistent("DataLoader: expects every one of " + std::to_string(data.size()) +
                       " test digits once, got " + std::to_string(answers.said.size()));
  }
  return answers;
}

/// The mean of -log(probability of the right digit), in plain C++.
double plain_cross_entropy(const Tensor& scores, const IndexTensor& labels) {
  double sum = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    const double top = double(scores.at({i, largest(scores, i)}));
    double total = 0;
    for (Index c = 0; c < digits; ++c) total += std::exp(double(scores.at({i, c})) - top);
    sum += top + std::log(total) - double(scores.at({i, labels[i]}));
  }
  return sum / double(labels.numel());
}

void check_loss(double said, double counted) {
  if (!(std::abs(said - counted) < 1e-3)) {
    throw Inconsistent("cross_entropy: expects " + std::to_string(counted) +
                       ", computed one by one from the scores, got " + std::to_string(said));
  }
}

/// The loop that every later module hides in a function: zero, forward, loss, backward, step.
Answers train(const char* name, const tt::Sequential& model, const Digits& train_part,
              const Digits& test_part, std::uint64_t seed) {
  tt::DataLoader loader(train_part, {.batch_size = 32, .shuffle = true, .seed = seed});
  tt::Adam optimizer(model.parameters(), {.lr = 3e-3});
  milestone::Progress progress(name, epochs);
  Answers answers;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    model.train();
    double loss_sum = 0;
    Index seen = 0;
    for (const auto& [x, y] : loader) {  // x: [B, 1, 8, 8], y: [B]
      optimizer.zero_grad();
      const Tensor scores = model(x);  // [B, 10]
      const Tensor loss = tt::cross_entropy(scores, y);
      if (seen == 0) check_loss(double(loss.item()), plain_cross_entropy(scores, y));
      loss.backward();
      optimizer.step();
      loss_sum += double(loss.item()) * double(y.numel());
      seen += y.numel();
    }
    if (seen != train_part.size()) {
      throw Inconsistent("DataLoader: expects every one of " + std::to_string(train_part.size()) +
                         " digits once an epoch, got " + std::to_string(seen));
    }
    answers = ask(model, test_part);
    char note[64];
    std::snprintf(note, sizeof note, "loss %.3f   test %.3f", loss_sum / double(seen),
                  answers.accuracy());
    if (epoch == epochs) progress.finish(note);
    else progress.update(epoch, note);
  }
  return answers;
}

/// The places of the digits that were read wrongly, in the order in which they came.
std::vector<std::size_t> mistakes(const Answers& answers) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < answers.said.size(); ++i) {
    if (answers.said[i] != answers.shown[i]) places.push_back(i);
  }
  return places;
}

void print_mistakes(const Answers& answers) {
  const std::vector<std::size_t> wrong = mistakes(answers);
  if (wrong.empty()) return;
  std::printf("    %zu of %zu misread, the first of them:\n", wrong.size(), answers.said.size());
  std::vector<std::vector<std::string>> blocks;
  for (std::size_t k = 0; k < wrong.size() && k < 5; ++k) {
    blocks.push_back(milestone::signed_picture(answers.pictures[wrong[k]], 12));
    std::string title = std::to_string(answers.shown[wrong[k]]) + " read as " +
                        std::to_string(answers.said[wrong[k]]);
    title.resize(12, ' ');
    blocks.back().insert(blocks.back().begin(), title);
  }
  for (std::string line : milestone::side_by_side(blocks, 3)) {
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("    %s\n", line.c_str());
  }
}

/// Tiles of 8 x 8 numbers from 0 to 1, eight a row, each as a square of 64 x 64 points.
Tensor poster(const std::vector<Tensor>& tiles) {
  constexpr Index columns = 8, zoom = 8, large = side * zoom, margin = 8;
  const Index rows = (static_cast<Index>(tiles.size()) + columns - 1) / columns;
  const Tensor sheet = tt::full(
      {rows * (large + margin) + margin, columns * (large + margin) + margin}, tt::real(0.15));
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const Index top = static_cast<Index>(i) / columns * (large + margin) + margin;
    const Index left = static_cast<Index>(i) % columns * (large + margin) + margin;
    const Tensor square = tiles[i]
                              .reshape({side, 1, side, 1})
                              .expand({side, zoom, side, zoom})
                              .reshape({large, large});
    sheet.slice(0, top, top + large).slice(1, left, left + large).copy_(square);
  }
  return sheet;
}

/// What each hidden unit looks for (middle grey is 0, white votes for it), then misread digits.
Tensor picture_of(const tt::Sequential& model, const Answers& answers) {
  const tt::NoGrad no_grad;
  std::vector<Tensor> tiles;
  const Tensor weight = model.parameters().at(0).detach();  // [64, 64]
  for (Index unit = 0; unit < hidden; ++unit) {
    const Tensor w = weight.select(0, unit).reshape({side, side});
    const tt::real scale = std::max(tt::max(tt::abs(w)).item(), tt::real(1e-12));
    tiles.push_back(w / (2 * scale) + tt::real(0.5));
  }
  for (const std::size_t i : mistakes(answers)) {
    if (tiles.size() < 80) tiles.push_back(answers.pictures[i]);
  }
  return poster(tiles);
}

std::string in_words(const Answers& answers) {
  char text[80];
  std::snprintf(text, sizeof text, "accuracy %.3f on %zu digits", answers.accuracy(),
                answers.said.size());
  return text;
}

/// Trains and judges; fills in `result` as it goes, so that an error leaves what was known.
void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M3  MLP 1989: a hidden layer reads digits\n"
      "    D. Rumelhart, G. Hinton, R. Williams (1986) taught hidden layers by back-propagation.\n"
      "    Y. LeCun et al. (1989) read postcodes of the US mail with a network trained by it:\n"
      "    7,291 digits to learn from, 5.0 %% wrong on 2,007 others.\n\n");
  const auto sheet = tt::ImageSheet::load(options.root / "datasets" / "digits8", "digits8");
  const Digits train_part = sheet.split("train"), test_part = sheet.split("test");
  tt::Rng rng(options.seed);
  const tt::Sequential line{tt::Flatten(), tt::Linear(pixels, digits, rng)};
  const tt::Sequential mlp{tt::Flatten(), tt::Linear(pixels, hidden, rng), tt::ReLU(),
                           tt::Linear(hidden, digits, rng)};
  std::printf("    %lld digits to learn from, %lld never seen; %lld and %lld parameters\n",
              static_cast<long long>(train_part.size()), static_cast<long long>(test_part.size()),
              static_cast<long long>(line.parameter_count()),
              static_cast<long long>(mlp.parameter_count()));

  const Answers without = train("no hidden layer", line, train_part, test_part, options.seed);
  const Answers with = train("64 hidden units", mlp, train_part, test_part, options.seed);
  result.accuracy = with.accuracy();
  result.passed = with.accuracy() >= gate;
  result.summary = in_words(with);
  char more[48];
  std::snprintf(more, sizeof more, "; without a hidden layer %.3f", without.accuracy());
  result.summary += more;

  std::printf("\n");
  print_mistakes(with);
  const std::filesystem::path png = options.out / "M3.png";
  milestone::write_grey(png, picture_of(mlp, with));
  std::printf("\n    test accuracy %.3f      gate %.3f      without a hidden layer %.3f\n",
              with.accuracy(), gate, without.accuracy());
  std::printf("    what the hidden units look for, and misread digits:\n    %s\n\n", png.c_str());
}

int run_and_report(const milestone::Options& options) {
  milestone::prepare_folder(options.out, "M3");
  milestone::Result result;
  result.milestone = "M3";
  result.gate = gate;
  result.seed = options.seed;
  const auto start = std::chrono::steady_clock::now();
  tt::memory::reset_peak();
  try {
    run(options, result);
  } catch (const milestone::InfrastructureError&) {
    throw;
  } catch (const tt::FileError& error) {  // the data, which nobody has to write
    throw milestone::InfrastructureError(std::string(error.what()) +
                                         "\n  hint: git checkout -- datasets/digits8");
  } catch (const std::exception& error) {  // thrown by the framework, or about it
    result.passed = false;
    const std::string what = error.what();
    result.summary = "stopped: " + what.substr(0, what.find('\n'));
    std::printf("\n\n    The framework stopped:\n    %s\n\n", what.c_str());
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.peak_bytes = tt::memory::stats().peak_bytes;
  milestone::write_result(options.out, result);
  std::printf("    %s in %.2f s, at most %.1f MB of tensors.\n",
              result.passed ? "passed" : "not passed", result.seconds,
              double(result.peak_bytes) / 1e6);
  if (!result.passed) {
    std::printf("    What scores like this: tests/milestones/03_mlp/README.md\n");
  }
  return result.passed ? milestone::exit_passed : milestone::exit_fell_short;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_and_report(milestone::parse_options(argc, argv));
  } catch (const milestone::UsageError& error) {
    std::fprintf(stderr, "M3: %s\n", error.what());
    return milestone::exit_usage;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(
        stderr, "M3: %s\n  This is not about your code: a file or folder is not as it should be.\n",
        error.what());
    return milestone::exit_infrastructure;
  }
}
