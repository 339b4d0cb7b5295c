// Down a narrow valley, f(x, y) = (x^2 + 50 y^2) / 2 from (10, 1): where each optimizer is after n steps, and the bytes
// that it remembers of a perceptron's parameters.
//
//   ./tito/tito run tests/performance/optimizer_paths.cpp --solution --profile release
//
// The lesson of 07_optimizers shows what it prints.
#include <tinytorch/optimizers.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>
using namespace tinytorch;

using Maker = std::unique_ptr<Optimizer> (*)(std::vector<Tensor>);

void walk(const char* name, Maker make) {
  Tensor w = tensor({10, 1});
  w.set_requires_grad(true);
  const Tensor curvature = tensor({1, 50});
  const auto optimizer = make({w});
  std::printf("%-22s", name);
  for (int step = 0; step <= 80; ++step) {
    const Tensor loss = sum(curvature * w * w) * real(0.5);
    if (step == 0 || step == 10 || step == 20 || step == 40 || step == 80) {
      std::printf("  %10.5f", double(loss.item()));
    }
    optimizer->zero_grad();
    loss.backward();
    optimizer->step();
  }

  Rng rng(1);
  Tensor weight = randn({128, 784}, rng), bias = zeros({128}), out = randn({10, 128}, rng),
         last = zeros({10});
  std::vector<Tensor> parameters = {weight, bias, out, last};
  for (Tensor& p : parameters) p.set_requires_grad(true);
  const auto of_model = make(parameters);
  Tensor total = scalar(0);
  for (const Tensor& p : parameters) total = total + sum(p);
  total.backward();
  of_model->step();
  std::printf("  %8lld\n", static_cast<long long>(of_model->state_bytes()));
}

template <class Kind>
std::unique_ptr<Optimizer> made(std::vector<Tensor> p, typename Kind::Options options) {
  return std::make_unique<Kind>(std::move(p), options);
}

int main() {
  std::printf(
      "loss after steps              0          10          20          40          80     bytes\n");
  using Params = std::vector<Tensor>;
  walk("SGD, lr 0.04", [](Params p) { return made<SGD>(std::move(p), {.lr = 0.04}); });
  walk("SGD, lr 0.03", [](Params p) { return made<SGD>(std::move(p), {.lr = 0.03}); });
  walk("momentum 0.8, lr 0.03",
       [](Params p) { return made<SGD>(std::move(p), {.lr = 0.03, .momentum = 0.8}); });
  walk("Nesterov 0.8, lr 0.02", [](Params p) {
    return made<SGD>(std::move(p), {.lr = 0.02, .momentum = 0.8, .nesterov = true});
  });
  walk("RMSprop, lr 0.1", [](Params p) { return made<RMSprop>(std::move(p), {.lr = 0.1}); });
  walk("Adam, lr 0.5", [](Params p) { return made<Adam>(std::move(p), {.lr = 0.5}); });
}
