// A bug that many programs on PyTorch had: each worker process began with the same state of NumPy's global
// generator, so the workers drew the same "random" crops, and drew them again in every epoch
// (https://github.com/pytorch/pytorch/issues/5059). Here what is drawn belongs to the example and the epoch.
#include <set>

#include <tinytorch/dataloader.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("repeated augmentation: no number is drawn for two examples or in two epochs",
          "[08.10][08.8][regression]") {
  const TensorDataset data(ones({8, 1}), IndexTensor(in_order(8), {8}));
  const Transform noise = [](const Tensor& x, Rng& rng) { return x * rng.uniform(); };
  DataLoader loader(TransformedDataset(data, noise, 1), {.batch_size = 4, .shuffle = true});
  std::set<real> drawn;
  for (int epoch = 0; epoch < 3; ++epoch) {
    for (const auto& [x, y] : loader) {
      for (Index i = 0; i < x.numel(); ++i) drawn.insert(x.at({i, 0}));
    }
  }
  CHECK(drawn.size() == 24);
}
