// Training steps a second of a small LeNet, 64 pictures a batch, plain SGD; and images a second forward only.
#include <tinytorch/convolutions.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  Rng rng(1);
  const Sequential net(Conv2d(1, 8, 5, rng), ReLU(), MaxPool2d(2), Conv2d(8, 16, 5, rng), ReLU(),
                       MaxPool2d(2), Flatten(), Linear(256, 10, rng));
  SGD optimizer(net.parameters(), {.lr = 0.01});
  const Tensor x = randn({64, 1, 28, 28}, rng);
  std::vector<Index> labels;
  for (Index i = 0; i < 64; ++i) labels.push_back(i % 10);
  const IndexTensor y(labels, {64});
  report.rate("lenet_step", "steps/s", 1, [&] {
    optimizer.zero_grad();
    cross_entropy(net(x), y).backward();
    optimizer.step();
  });
  const NoGrad no_grad;
  report.rate("lenet_forward", "images/s", 64, [&] { bench::keep(net(x)); });
}
