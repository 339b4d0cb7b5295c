// M4  LeNet 1998: a network that knows what a neighbour is, on your modules 01 to 09.
//
//   tito milestone run M4                 on your code;  --solution: on the reference
//
// Two networks of as many weights learn the same 2,000 digits: one of linear layers, one of convolutions. Then
// both read 400 others, and the same 400 moved by two pixels. README.md beside this file: the history, and
// where the gates come from.
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../support/stb.hpp"

#include <tinytorch/activations.hpp>
#include <tinytorch/convolutions.hpp>
#include <tinytorch/dataloader.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "../support/picture.hpp"
#include "../support/program.hpp"
#include "../support/progress.hpp"

namespace {

using tt::Index;
using tt::IndexTensor;
using tt::real;
using tt::Tensor;
using Digits = tt::TensorDataset<Tensor, IndexTensor>;

constexpr Index classes = 10;
constexpr int epochs = 8;
constexpr Index batch_size = 32;
constexpr double learning_rate = 2e-3;
constexpr Index moved_by = 2;  // pixels, along both axes

// README.md, "Where the gates come from"
constexpr double lenet_gate = 0.91;   // accuracy of LeNet on digits never seen
constexpr double margin_gate = 0.20;  // by which it beats linear layers on digits that were moved

/// LeNet-5 as it is built today: relu and the largest, where 1998 had tanh and the mean. The names are the paper's.
class LeNet : public tt::Module {
 public:
  explicit LeNet(tt::Rng& rng)
      : c1(child("c1", tt::Conv2d(1, 6, 5, rng, {.padding = 2}))),
        c3(child("c3", tt::Conv2d(6, 16, 5, rng))),
        c5(child("c5", tt::Linear(16 * 5 * 5, 120, rng))),
        f6(child("f6", tt::Linear(120, 84, rng))),
        out(child("out", tt::Linear(84, classes, rng))) {}

  Tensor forward(const Tensor& x) const override {          // [B, 1, 28, 28]
    const Tensor s2 = tt::max_pool2d(tt::relu(c1(x)), 2);   // [B, 6, 14, 14]
    const Tensor s4 = tt::max_pool2d(tt::relu(c3(s2)), 2);  // [B, 16, 5, 5]
    return out(tt::relu(f6(tt::relu(c5(s4.flatten(1))))));  // [B, 10]
  }

  const tt::Conv2d c1, c3;
  const tt::Linear c5, f6, out;
};

/// The same number of weights, nearly, without a word about neighbours.
class Dense : public tt::Module {
 public:
  explicit Dense(tt::Rng& rng)
      : hidden(child("hidden", tt::Linear(784, 78, rng))),
        out(child("out", tt::Linear(78, classes, rng))) {}

  Tensor forward(const Tensor& x) const override { return out(tt::relu(hidden(x.flatten(1)))); }

  const tt::Linear hidden, out;
};

/// The pictures `down` and `right` pixels further; what leaves is lost, what comes in is black.
Tensor moved(const Tensor& images, Index down, Index right) {  // [N, 1, H, W]
  const Tensor result = tt::zeros(images.shape());
  const auto part = [](const Tensor& t, Index axis, Index by) {
    return t.slice(axis, std::max<Index>(by, 0), t.size(axis) + std::min<Index>(by, 0));
  };
  part(part(result, 2, down), 3, right).copy_(part(part(images, 2, -down), 3, -right));
  return result;
}

/// What the network takes each picture for, 200 at a time.
std::vector<Index> guesses(const tt::Module& model, const Tensor& images) {
  const tt::NoGrad no_grad;
  std::vector<Index> all;
  for (Index from = 0; from < images.size(0); from += 200) {
    const Index stop = std::min(from + 200, images.size(0));
    const IndexTensor some = tt::argmax(model(images.slice(0, from, stop)), 1);
    for (Index i = 0; i < some.numel(); ++i) all.push_back(some[i]);
  }
  return all;
}

/// The share of right guesses, counted here, without the framework, because the gates stand on it.
double accuracy(const std::vector<Index>& guessed, const IndexTensor& labels) {
  Index right = 0;
  for (Index i = 0; i < labels.numel(); ++i) {
    right += guessed.at(static_cast<std::size_t>(i)) == labels[i] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(labels.numel());
}

struct Scores {
  double as_they_are = 0;
  double moved = 0;  // mean over four diagonal directions
};

Scores score(const tt::Module& model, const Tensor& images, const IndexTensor& labels) {
  Scores scores;
  scores.as_they_are = accuracy(guesses(model, images), labels);
  for (const Index down : {-moved_by, moved_by}) {
    for (const Index right : {-moved_by, moved_by}) {
      scores.moved += accuracy(guesses(model, moved(images, down, right)), labels) / 4;
    }
  }
  return scores;
}

void train(const tt::Module& model, const char* name, const Digits& digits, std::uint64_t seed) {
  std::printf("    %s, %lld weights\n", name, static_cast<long long>(model.parameter_count()));
  tt::DataLoader loader(digits, {.batch_size = batch_size, .shuffle = true, .seed = seed});
  tt::Adam optimizer(model.parameters(), {.lr = learning_rate});
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    char words[32];
    std::snprintf(words, sizeof words, "epoch %d/%d", epoch, epochs);
    milestone::Progress progress(words, digits.size());
    Index seen = 0;
    double total = 0;
    for (auto [x, y] : loader) {  // [B, 1, 28, 28], [B]
      optimizer.zero_grad();
      const Tensor loss = tt::cross_entropy(model(x), y);
      loss.backward();
      optimizer.step();
      seen += x.size(0);
      total += double(loss.item()) * double(x.size(0));
      std::snprintf(words, sizeof words, "loss %.3f", total / double(seen));
      progress.update(seen, words);
    }
    progress.finish(words);
  }
}

/// `tile`, [h, w] from 0 to 1, into the poster, each number as a square of zoom x zoom points.
void place(const Tensor& poster, const Tensor& tile, Index top, Index left, Index zoom) {
  const Index h = tile.size(0), w = tile.size(1);
  const Tensor large =
      tile.reshape({h, 1, w, 1}).expand({h, zoom, w, zoom}).reshape({h * zoom, w * zoom});
  poster.slice(0, top, top + h * zoom).slice(1, left, left + w * zoom).copy_(large);
}

/// The six kernels of the first layer, and below each what it makes of the first digit.
Tensor kernel_poster(const LeNet& model, const Tensor& digit) {  // [1, 1, 28, 28]
  const tt::NoGrad no_grad;
  const Tensor kernels = model.c1.weight.detach();  // [6, 1, 5, 5]
  const Tensor maps = tt::relu(model.c1(digit));    // [1, 6, 28, 28]
  constexpr Index margin = 12, side = 112, columns = 7;
  const Tensor poster =
      tt::full({2 * side + 3 * margin, columns * (side + margin) + margin}, real(0.15));
  place(poster, digit.select(0, 0).select(0, 0), side + 2 * margin, margin, side / 28);
  for (Index k = 0; k < 6; ++k) {
    const Index left = margin + (k + 1) * (side + margin);
    const Tensor kernel = kernels.select(0, k).select(0, 0), map = maps.select(0, 0).select(0, k);
    const real strongest = tt::max(tt::abs(kernel)).item();
    place(poster, kernel / strongest * real(0.5) + real(0.5), margin + 1, left + 1, 22);
    const real brightest = std::max(tt::max(map).item(), real(1e-6));
    place(poster, map / brightest, side + 2 * margin, left, side / 28);
  }
  return poster;
}

void print_blocks(const std::vector<std::vector<std::string>>& blocks) {
  for (std::string line : milestone::side_by_side(blocks, 3)) {
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("    %s\n", line.c_str());
  }
}

void print_kernels(const LeNet& model) {
  std::printf("    What the six kernels of the first layer look for: # + ink, = - none\n");
  std::vector<std::vector<std::string>> blocks;
  for (Index k = 0; k < 6; ++k) {
    blocks.push_back(
        milestone::signed_picture(model.c1.weight.detach().select(0, k).select(0, 0), 9));
  }
  print_blocks(blocks);
}

/// The first four digits that were misread, half as high and wide as they are, without their margin.
void print_misread(const std::vector<Index>& guessed, const Tensor& images,
                   const IndexTensor& labels) {
  std::vector<std::vector<std::string>> blocks;
  for (Index i = 0; i < labels.numel() && blocks.size() < 4; ++i) {
    const Index guess = guessed.at(static_cast<std::size_t>(i));
    if (guess == labels[i]) continue;
    const Tensor ink = images.slice(0, i, i + 1).slice(2, 4, 24).slice(3, 4, 24);
    blocks.push_back(
        milestone::signed_picture(tt::avg_pool2d(ink, 2).select(0, 0).select(0, 0), 16));
    char title[32];
    std::snprintf(title, sizeof title, "a %lld, read as %lld", static_cast<long long>(labels[i]),
                  static_cast<long long>(guess));
    std::string line = title;
    line.resize(16, ' ');
    blocks.back().insert(blocks.back().begin(), line);
  }
  if (blocks.empty()) return;
  std::printf("\n    Digits that it got wrong\n");
  print_blocks(blocks);
}

tt::ImageSheet load(const std::filesystem::path& root) {
  try {
    return tt::ImageSheet::load(root / "datasets" / "mnist2k", "mnist2k");
  } catch (const tt::FileError& error) {
    throw milestone::InfrastructureError(std::string(error.what()) +
                                         "\n  hint: git checkout -- datasets/mnist2k");
  }
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M4  LeNet 1998: a network that knows what a neighbour is\n"
      "    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, \"Gradient-based learning applied to\n"
      "    document recognition\", Proceedings of the IEEE 86 (1998) 2278-2324.\n\n");
  const tt::ImageSheet sheet = load(options.root);
  const Digits digits = sheet.split("train");
  tt::DataLoader unseen(sheet.split("test"), {.batch_size = sheet.size()});
  const auto [images, labels] = *unseen.begin();  // [400, 1, 28, 28], [400]

  tt::Rng rng(options.seed);
  const Dense dense(rng);
  train(dense, "Two linear layers", digits, options.seed);
  const LeNet lenet(rng);
  train(lenet, "LeNet", digits, options.seed);

  std::printf("\n");
  print_kernels(lenet);
  print_misread(guesses(lenet, images), images, labels);
  milestone::write_grey(options.out / "M4.png", kernel_poster(lenet, images.slice(0, 0, 1)));

  const Scores plain = score(dense, images, labels), ours = score(lenet, images, labels);
  const double margin = ours.moved - plain.moved;
  std::printf("\n    %lld digits never seen       as they are   moved by %lld pixels\n",
              static_cast<long long>(labels.numel()), static_cast<long long>(moved_by));
  std::printf("      two linear layers          %.3f          %.3f\n", plain.as_they_are,
              plain.moved);
  std::printf("      LeNet                      %.3f          %.3f\n", ours.as_they_are,
              ours.moved);
  std::printf("      gates                      %.3f          %.3f more, got %.3f\n", lenet_gate,
              margin_gate, margin);
  std::printf("    kernels, and what they make of a digit:\n    %s\n\n",
              (options.out / "M4.png").c_str());

  result.accuracy = ours.as_they_are;
  result.passed = ours.as_they_are >= lenet_gate && margin >= margin_gate;
  char words[120];
  std::snprintf(words, sizeof words,
                "accuracy %.3f; on moved digits %.3f against %.3f without convolutions",
                ours.as_they_are, ours.moved, plain.moved);
  result.summary = words;
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M4", lenet_gate, "tito test 09"}, run);
}
