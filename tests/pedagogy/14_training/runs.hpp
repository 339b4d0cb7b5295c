// tests of 14_training / runs.hpp: a small network and its examples.
#pragma once
#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/layers.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/training/trainer.hpp>

#include <memory>
#include <string>
#include <vector>

#include "folder.hpp"
#include "tensor_close.hpp"

namespace runs {

using namespace tinytorch;
using Examples = TensorDataset<Tensor, IndexTensor>;
using Loader = DataLoader<Examples>;
using Batch = Labelled<Tensor, IndexTensor>;

/// Three numbers in, two classes out, with dropout: everything that a checkpoint must hold.
class Net : public Module {
 public:
  explicit Net(Rng& rng, double p = 0.25)
      : in(child("in", Linear(3, 4, rng))),
        drop(child("drop", Dropout(p, rng))),
        out(child("out", Linear(4, 2, rng))) {}
  Tensor forward(const Tensor& x) const override { return out(drop(tanh(in(x)))); }  // [B, 2]

  const Linear in;
  const Dropout drop;
  const Linear out;
};

/// Class 1 where the first number is the larger one of the first two.
inline Examples examples(Index n = 12) {
  Rng rng(7);
  const Tensor x = rand({n, 3}, rng);
  std::vector<Index> labels;
  for (Index i = 0; i < n; ++i) labels.push_back(x.at({i, 0}) > x.at({i, 1}) ? 1 : 0);
  return Examples(x, IndexTensor(labels, {n}));
}

/// The batches of `loader` with the cross entropy of `net`.
inline BatchLosses losses(const Net& net, Index batch_size = 4) {
  const Loader loader(examples(), {.batch_size = batch_size, .shuffle = true, .seed = 3});
  return batch_losses(loader,
                      [net](const Batch& batch) { return cross_entropy(net(batch.x), batch.y); });
}

/// All parameters as one list of numbers, read one by one.
inline std::vector<double> numbers(const Module& model) {
  std::vector<double> all;
  for (const Tensor& p : model.parameters()) {
    for (const double x : tt_test::read(p).numbers) all.push_back(x);
  }
  return all;
}

}  // namespace runs
