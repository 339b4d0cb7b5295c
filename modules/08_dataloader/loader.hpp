// 08_dataloader / loader.hpp: the batches of an epoch, for a training loop to run over.
//
//   DataLoader loader(dataset, {.batch_size = 64, .shuffle = true, .seed = 1});
//   for (auto [x, y] : loader) { ... }     x: [B, ...], y: [B, ...]
// Each `for` is one epoch, in an order of its own. A batch is made when it is asked for and belongs
// to whoever asked: the loader keeps none. An empty dataset is a loop that does nothing.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/dataset.hpp>
#include <tinytorch/dataloader/samplers.hpp>

namespace tinytorch {

struct DataLoaderOptions {
  Index batch_size = 1;
  bool shuffle = false;
  std::uint64_t seed = 0;  // of the orders; the same seed gives the same epochs
  bool drop_last = false;  // leave out a last batch that is not full
};

/// In PyTorch  torch/utils/data/dataloader.py, DataLoader, which has worker processes as well
template <Dataset D>
class DataLoader {
 public:
  using Options = DataLoaderOptions;
  using Batch = ExampleOf<D>;
  class Iterator;

  explicit DataLoader(D dataset, Options options = {})
      : dataset_(std::move(dataset)), options_(options) {
    if (options_.batch_size < 1) {
      throw ValueError("DataLoader: expects batch_size >= 1, got " +
                       std::to_string(options_.batch_size));
    }
  }

  /// How many batches an epoch has.
  ///
  /// Examples    10 examples, batch_size 4 -> 3, the last of 2;  with drop_last -> 2
  Index size() const {
    const Index n = dataset_.size(), batch = options_.batch_size;
    // TODO(08.7): n / batch, rounded up, or down where the last one is dropped.
    // HINT: with whole numbers, (n + batch - 1) / batch rounds up.
    todo("08.7", "DataLoader::size");
  }

  const D& dataset() const { return dataset_; }
  const Options& options() const { return options_; }

  /// The epoch that the next begin() starts: 0 at first.
  Index epoch() const { return epoch_; }
  void set_epoch(Index epoch) { epoch_ = epoch; }

  /// Starts an epoch and makes the next one the one after it.
  Iterator begin() {
    const Index now = epoch_++;
    auto order = options_.shuffle ? RandomSampler(dataset_.size(), options_.seed).order(now)
                                  : SequentialSampler(dataset_.size()).order(now);
    return Iterator(*this, std::make_shared<const std::vector<Index>>(std::move(order)), now);
  }
  std::default_sentinel_t end() const { return {}; }

  /// Batch `number` of the epoch whose order of examples is `order`.
  ///
  /// Goal        The one place where examples become a batch.
  /// Background  Batch 0 holds the first batch_size entries of `order`, batch 1 the next ones. The
  ///             last batch may be short; dropped or not is size()'s business.
  /// Examples    order 3 1 4 0 2, batch_size 2: batch 1 is the examples 4 and 0, batch 2 only 2
  Batch batch(const std::vector<Index>& order, Index epoch, Index number) const {
    // TODO(08.8): collect the examples with get_example, then collate them.
    // HINT: the batch's part of `order` begins at number * batch_size; where does it end?
    todo("08.8", "DataLoader::batch");
  }

 private:
  D dataset_;
  Options options_;
  Index epoch_ = 0;
};

/// A place in an epoch. Going on costs nothing; looking (*) makes the batch, each time anew.
template <Dataset D>
class DataLoader<D>::Iterator {
 public:
  using value_type = Batch;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  Iterator(const DataLoader& loader, std::shared_ptr<const std::vector<Index>> order, Index epoch)
      : loader_(&loader), order_(std::move(order)), epoch_(epoch) {}

  Batch operator*() const { return loader_->batch(*order_, epoch_, number_); }
  Iterator& operator++() {
    ++number_;
    return *this;
  }
  void operator++(int) { ++number_; }
  friend bool operator==(const Iterator& it, std::default_sentinel_t) {
    return it.number_ >= it.loader_->size();
  }

 private:
  const DataLoader* loader_;
  std::shared_ptr<const std::vector<Index>> order_;
  Index epoch_;
  Index number_ = 0;
};

static_assert(std::ranges::input_range<DataLoader<TensorDataset<Tensor, IndexTensor>>>);

}  // namespace tinytorch
