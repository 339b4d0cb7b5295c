// In the original, dropout had no train() and eval(): whoever forgot the flag evaluated with dropout on, or trained the rest of
// the run with it off. A call that sets the mode and a call that forgets to put it back are the same bug.
#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/layers.hpp>
#include <tinytorch/training/evaluate.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("evaluation: dropout is off in it and on after it", "[14.7][regression]") {
  Rng rng(1);
  const Sequential model{Dropout(0.5, rng)};
  const TensorDataset<Tensor, IndexTensor> data(ones({64, 1}),
                                                IndexTensor(std::vector<Index>(64), {64}));
  const DataLoader loader(data, {.batch_size = 16});
  const auto loss = [&](const auto& batch) { return mean(pow(model(batch.x) - batch.x, 2)); };
  CHECK(evaluate(model, loader, loss) == 0);  // with dropout every number would be off by 1
  CHECK(model[0].is_training());
  const Tensor y = model(ones({64}));
  CHECK(double(max(y).item()) == 2);
  CHECK(double(min(y).item()) == 0);
}

TEST_CASE("evaluation: draws no random number and keeps no graph", "[14.7][regression]") {
  Rng rng(1);
  const Sequential model{Linear(1, 1, rng), Dropout(0.5, rng)};
  const TensorDataset<Tensor, IndexTensor> data(ones({4, 1}),
                                                IndexTensor(std::vector<Index>(4), {4}));
  const Rng::State before = model.named_generators()[0].second->state();
  std::vector<Tensor> losses;
  (void)evaluate(model, DataLoader(data), [&](const auto& batch) {
    losses.push_back(mean(model(batch.x)));
    return losses.back();
  });
  CHECK(model.named_generators()[0].second->state() == before);
  CHECK(losses.size() == 4);
  for (const Tensor& loss : losses) CHECK_FALSE(loss.requires_grad());
}
