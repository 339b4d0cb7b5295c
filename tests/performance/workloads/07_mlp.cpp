// Training steps a second of 784-128-10, 64 examples a batch, plain SGD: forward, loss, backward, step.
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  Rng rng(1);
  const Sequential net(Linear(784, 128, rng), ReLU(), Linear(128, 10, rng));
  SGD optimizer(net.parameters(), {.lr = 0.01});
  const Tensor x = randn({64, 784}, rng);
  std::vector<Index> labels;
  for (Index i = 0; i < 64; ++i) labels.push_back(i % 10);
  const IndexTensor y(labels, {64});
  report.rate("mlp_step", "steps/s", 1, [&] {
    optimizer.zero_grad();
    cross_entropy(net(x), y).backward();
    optimizer.step();
  });
}
