// 14_training / evaluate.hpp: the loss on examples that are not learned from.
#pragma once
#include <limits>
#include <utility>

#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/layers/module.hpp>

namespace tinytorch {

/// Sets a module's training flag, and puts it back at the end of the block, also after an error.
class ModeGuard {
 public:
  ModeGuard(const Module& model, bool training) : model_(model), before_(model.is_training()) {
    model.train(training);
  }
  ~ModeGuard() { model_.train(before_); }
  ModeGuard(const ModeGuard&) = delete;
  ModeGuard& operator=(const ModeGuard&) = delete;

 private:
  const Module& model_;
  const bool before_;
};

/// The mean loss an example over all batches of `loader`; loss(batch) is the mean of its batch.
///
/// Goal        A number that can be compared: the same model gives the same one every time.
/// Background  Dropout off, nothing recorded, and the model left as it was found: a caller that goes
///             on training without dropout would notice nothing. The last batch may be short: the mean
///             of the batches' means would count its examples more than others.
/// Examples    batches of 2 and 1 with losses 1 and 4 -> (2 * 1 + 1 * 4) / 3 = 2
/// Cost        forward passes only; no batch outlives the next one
template <class Loader, class Loss>
double evaluate(const Module& model, const Loader& loader, const Loss& loss) {
  Loader batches = loader;  // a copy: the caller's own loader does not lose an epoch
  double total = 0;
  Index examples = 0;
  // TODO(14.7): ModeGuard, NoGrad, and the weighted mean; NaN if there is no example.
  // HINT: for (const auto& batch : batches); batch.x.size(0) is how many examples it has.
  // BEGIN SOLUTION 14.7
  const ModeGuard mode(model, false);
  const NoGrad no_grad;
  for (const auto& batch : batches) {
    const Index count = batch.x.size(0);
    total += static_cast<double>(loss(batch).item()) * static_cast<double>(count);
    examples += count;
  }
  if (examples == 0) return std::numeric_limits<double>::quiet_NaN();
  return total / static_cast<double>(examples);
  // END SOLUTION 14.7
}

}  // namespace tinytorch
