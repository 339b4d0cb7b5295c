// M2  XOR 1969/1986: what one layer cannot learn, and two can, on your modules 01 to 07.
//
//   tito milestone run M2                 on your code;  --solution: on the reference
//
// The same four examples twice, over 20 seeds each: first without a hidden layer, where a proof says that at
// least one corner must stay wrong, then with one. README.md beside this file: the history and the gate.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../support/stb.hpp"

#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "../support/options.hpp"
#include "../support/picture.hpp"
#include "../support/progress.hpp"
#include "../support/result.hpp"
#include "../support/stop.hpp"

namespace {

using tt::Index;
using tt::real;
using tt::Tensor;

constexpr int seeds = 20;
constexpr int steps = 1000;
constexpr Index hidden = 4;
constexpr int corners = 4;
constexpr double gate = 0.80;           // share of seeds that learn all corners: README.md
constexpr double chance_loss = 0.25;    // of a network that answers 1/2 everywhere
constexpr double chance_margin = 0.01;  // how near to it the single layer must end

Tensor inputs() { return tt::tensor({0, 0, 0, 1, 1, 0, 1, 1}, {4, 2}); }
Tensor answers() { return tt::tensor({0, 1, 1, 0}, {4, 1}); }

tt::Sequential single_layer(tt::Rng& rng) {
  return tt::Sequential(tt::Linear(2, 1, rng), tt::Sigmoid());
}

tt::Sequential with_hidden_layer(tt::Rng& rng) {
  return tt::Sequential(tt::Linear(2, hidden, rng), tt::Tanh(), tt::Linear(hidden, 1, rng),
                        tt::Sigmoid());
}

struct Outcome {
  double loss = 0;
  int right = 0;  // corners on their side of 1/2, counted without the framework
};

Outcome train(const tt::Sequential& model) {
  const Tensor x = inputs(), y = answers();
  tt::Adam optimizer(model.parameters(), {.lr = 0.05});
  for (int step = 0; step < steps; ++step) {
    optimizer.zero_grad();
    tt::mse_loss(model(x), y).backward();
    optimizer.step();
  }
  const tt::NoGrad no_grad;
  const Tensor said = model(x);  // [4, 1]
  Outcome outcome;
  for (Index i = 0; i < corners; ++i) {
    const double guess = double(said.at({i, 0})), truth = double(y.at({i, 0}));
    outcome.loss += (guess - truth) * (guess - truth) / corners;
    outcome.right += std::abs(guess - truth) < 0.5 ? 1 : 0;
  }
  return outcome;
}

/// What 20 networks of one kind came to.
struct Tally {
  int all_right = 0, best = 0;
  double lowest_loss = 1e9, loss_sum = 0;
};

template <class Make>
Tally train_many(const char* label, std::uint64_t first_seed, Make make) {
  Tally tally;
  milestone::Progress progress(label, seeds);
  for (int i = 0; i < seeds; ++i) {
    tt::Rng rng(first_seed * 1000 + static_cast<std::uint64_t>(i));
    const Outcome outcome = train(make(rng));
    tally.all_right += outcome.right == corners ? 1 : 0;
    tally.best = std::max(tally.best, outcome.right);
    tally.lowest_loss = std::min(tally.lowest_loss, outcome.loss);
    tally.loss_sum += outcome.loss;
    progress.update(i + 1, std::to_string(tally.all_right) + " learned it");
  }
  char note[80];
  std::snprintf(note, sizeof note, "%2d learned it   loss %.4f at best, mean %.4f", tally.all_right,
                tally.lowest_loss, tally.loss_sum / seeds);
  progress.finish(note);
  return tally;
}

/// What the model answers on a square around the corners, top row first: [side, side], 0 to 1.
Tensor surface(const tt::Sequential& model, Index side) {
  std::vector<real> points;
  for (Index row = 0; row < side; ++row) {
    for (Index column = 0; column < side; ++column) {
      const auto place = [&](Index i) { return real(-0.25 + 1.5 * double(i) / double(side - 1)); };
      points.push_back(place(column));
      points.push_back(place(side - 1 - row));
    }
  }
  const tt::NoGrad no_grad;
  return model(tt::tensor(points, {side * side, 2})).reshape({side, side});
}

/// One scale for every picture, from 0 to 1: what is near 1/2 stays empty.
void draw(const char* title, const tt::Sequential& model) {
  constexpr Index side = 12;
  const Tensor said = surface(model, side);
  std::printf("    %s\n", title);
  for (Index row = 0; row < side; ++row) {
    std::string line;
    for (Index column = 0; column < side; ++column) {
      const double v = double(said.at({row, column}));
      line.append(2, v > 0.8 ? '#' : v > 0.6 ? '+' : v < 0.2 ? '=' : v < 0.4 ? '-' : ' ');
    }
    std::printf("        |%s|\n", line.c_str());
  }
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M2  XOR 1969/1986: one layer cannot, two can\n"
      "    M. Minsky and S. Papert, Perceptrons (MIT Press, 1969): no line parts these corners.\n"
      "    D. Rumelhart, G. Hinton, R. Williams, \"Learning representations by back-propagating\n"
      "    errors\", Nature 323 (1986) 533-536: a hidden layer learns what to part them by.\n\n");
  const Tally one = train_many("one layer   ", options.seed, single_layer);
  const Tally two = train_many("hidden layer", options.seed, with_hidden_layer);
  std::printf("\n    One layer: at most %d of 4 corners right, loss %.4f.\n\n", one.best,
              one.loss_sum / seeds);

  tt::Rng rng(options.seed * 1000);
  const tt::Sequential flat = single_layer(rng);
  (void)train(flat);
  const tt::Sequential bent = with_hidden_layer(rng);
  (void)train(bent);
  draw("one layer: says 1/2 everywhere", flat);
  draw("hidden layer: # and + say 1, = and - say 0", bent);
  const Tensor both = tt::cat({surface(flat, 192), tt::ones({192, 8}), surface(bent, 192)}, 1);
  milestone::write_grey(options.out / "M2.png", both);
  std::printf("    as a picture: %s\n\n", (options.out / "M2.png").c_str());

  const double share = double(two.all_right) / seeds;
  const bool cannot =
      one.all_right == 0 && std::abs(one.loss_sum / seeds - chance_loss) < chance_margin;
  std::printf("    all four corners in %.2f of the seeds      gate %.2f\n", share, gate);
  result.accuracy = share;
  result.passed = cannot && share >= gate;
  char text[96];
  std::snprintf(text, sizeof text, "all corners in %d of %d seeds, one layer: %d", two.all_right,
                seeds, one.all_right);
  result.summary = text;
  if (!cannot) result.summary += "; a single layer did not end at 1/4, as it must";
}

int run_and_report(const milestone::Options& options) {
  milestone::prepare_folder(options.out, "M2");
  milestone::Result result;
  result.milestone = "M2";
  result.gate = gate;
  result.seed = options.seed;
  const auto start = std::chrono::steady_clock::now();
  tt::memory::reset_peak();
  try {
    run(options, result);
  } catch (const milestone::InfrastructureError&) {
    throw;
  } catch (const std::exception& error) {  // thrown by the framework
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
  if (!result.passed) std::printf("    %s\n    next: tito test 07\n", result.summary.c_str());
  return result.passed ? milestone::exit_passed : milestone::exit_fell_short;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_and_report(milestone::parse_options(argc, argv));
  } catch (const milestone::UsageError& error) {
    std::fprintf(stderr, "M2: %s\n", error.what());
    return milestone::exit_usage;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(
        stderr, "M2: %s\n  This is not about your code: a file or folder is not as it should be.\n",
        error.what());
    return milestone::exit_infrastructure;
  }
}
