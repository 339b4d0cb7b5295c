// 14_training / trainer.hpp: the loop.
//
//   AdamW optimizer(model.parameters(), {.lr = 1e-3});
//   Trainer trainer(model, optimizer, {.epochs = 3, .clip_norm = 1, .schedule = cosine});
//   trainer.add(std::make_shared<ProgressLine>());
//   trainer.fit(loader, [&](const auto& batch) { return cross_entropy(model(batch.x), batch.y); });
// Model and optimizer belong to the caller and must live as long. The trainer owns how far the run
// has come, and nothing is global: two trainers do not know of each other.
// In PyTorch: none in torch itself; Lightning's Trainer, transformers.Trainer, accelerate
#pragma once
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/training/callback.hpp>
#include <tinytorch/training/checkpoint.hpp>
#include <tinytorch/training/clip_grad.hpp>
#include <tinytorch/training/evaluate.hpp>

namespace tinytorch {

struct TrainerOptions {
  Index epochs = 1;
  Index max_steps = 0;   // if not 0: this many steps, whatever the epochs
  Index accumulate = 1;  // batches that share a step
  double clip_norm = std::numeric_limits<double>::infinity();
  std::function<double(Index)> schedule = {};  // the rate of each step; none: it is not touched
  Index evaluate_every = 0;                    // steps; 0: never
  std::function<double()> evaluate = {};       // the loss of a validation set
  Index checkpoint_every = 0;                  // steps; 0: only at the end, if there is a folder
  std::filesystem::path folder = {};           // for checkpoint.safetensors; empty: none
};

/// The loss of one batch, and how many examples (or tokens) it has.
struct BatchLoss {
  Tensor loss;
  Index examples = 0;
};

/// The losses of a data set: any batch of any epoch, by its number. The trainer needs to know no more
/// of data and model, so that it is compiled once and not for every loader.
struct BatchLosses {
  Index batches = 0;  // in an epoch
  std::function<BatchLoss(Index epoch, Index batch)> at;
};

/// What `loss` says of the batches of `loader`. An order of examples is kept for one epoch only.
template <class Loader, class Loss>
BatchLosses batch_losses(const Loader& loader, Loss loss) {
  const auto examples = [](const auto& x) {
    return std::is_same_v<std::decay_t<decltype(x)>, IndexTensor> ? x.numel() : x.size(0);
  };
  auto order = std::make_shared<std::vector<Index>>();
  auto known = std::make_shared<Index>(-1);
  return {loader.size(), [=](Index epoch, Index number) -> BatchLoss {
            if (*known != epoch) {
              const Index n = loader.dataset().size();
              *order = loader.options().shuffle
                           ? RandomSampler(n, loader.options().seed).order(epoch)
                           : SequentialSampler(n).order();
              *known = epoch;
            }
            const auto batch = loader.batch(*order, epoch, number);
            return {loss(batch), examples(batch.x)};
          }};
}

/// The batch after this one: of the same epoch, or the first of the next. The step stays.
///
/// Goal        A place in the data that is two numbers and can be written down.
/// Examples    5 batches an epoch: epoch 0, batch 3 -> 0, 4;  0, 4 -> 1, 0
inline Position next_batch(Position position, Index batches) {
  // TODO(14.14): as the examples say.
  // BEGIN SOLUTION 14.14
  if (++position.batch == batches) {
    position.batch = 0;
    ++position.epoch;
  }
  return position;
  // END SOLUTION 14.14
}

class Trainer {
 public:
  using Options = TrainerOptions;

  Trainer(const Module& model, Optimizer& optimizer, Options options)
      : model_(model), optimizer_(optimizer), options_(std::move(options)) {
    check(options_.epochs >= 0 && options_.max_steps >= 0, "epochs and max_steps >= 0");
    check(options_.accumulate >= 1, "accumulate >= 1");
    check(options_.clip_norm > 0, "clip_norm > 0");
    check(options_.evaluate_every >= 0 && options_.checkpoint_every >= 0, "intervals >= 0");
    check(options_.evaluate_every == 0 || options_.evaluate,
          "evaluate where evaluate_every is set");
    check(options_.checkpoint_every == 0 || !options_.folder.empty(),
          "a folder where checkpoint_every is set");
  }
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// Callbacks are called in the order in which they were added.
  void add(std::shared_ptr<Callback> callback) { callbacks_.push_back(std::move(callback)); }

  const Module& model() const { return model_; }
  Optimizer& optimizer() { return optimizer_; }
  const Options& options() const { return options_; }
  const Position& position() const { return position_; }

  /// For callbacks: no step after this one.
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

  std::filesystem::path checkpoint_file() const {
    return options_.folder / "checkpoint.safetensors";
  }

  /// Trains from where the run stands to its end; loss(batch) is the mean of its batch.
  template <class Loader, class Loss>
  void fit(const Loader& loader, Loss loss) {
    fit(batch_losses(loader, std::move(loss)));
  }
  void fit(const BatchLosses& losses);

  /// One step of the optimizer on the mean of `accumulate` batches.
  ///
  /// Goal        The heart of every training loop, in an order that matters.
  /// Background  Backward adds up, so that k batches, each divided by k, have the gradient of one
  ///             batch that is k times as large, with the memory of one. Clipping comes when the
  ///             gradient is complete; the rate is that of this step. An epoch may end among the k.
  /// Cost        k forward and backward passes, one update
  StepReport train_step(const BatchLosses& losses) {
    StepReport report;
    report.epoch = position_.epoch;
    // TODO(14.15): forget the gradients; for each of the batches: its loss, backward of its share,
    // next_batch; then clip_grad_norm, the schedule's rate if there is a schedule, the step.
    // TODO(14.15): Fill report.loss, .examples, .grad_norm and .lr; count position_.step.
    // HINT: losses.at(epoch, batch) gives a loss and how many examples it is of.
    // HINT: the schedule counts from 0: its first step is position_.step before it is counted.
    // BEGIN SOLUTION 14.15
    optimizer_.zero_grad();
    const double share = 1 / static_cast<double>(options_.accumulate);
    for (Index k = 0; k < options_.accumulate; ++k) {
      const BatchLoss batch = losses.at(position_.epoch, position_.batch);
      (batch.loss * static_cast<real>(share)).backward();
      report.loss += static_cast<double>(batch.loss.item()) * share;
      report.examples += batch.examples;
      position_ = next_batch(position_, losses.batches);
    }
    report.grad_norm = clip_grad_norm(model_.parameters(), options_.clip_norm);
    if (options_.schedule) optimizer_.set_lr(options_.schedule(position_.step));
    report.lr = optimizer_.lr();
    optimizer_.step();
    ++position_.step;
    // END SOLUTION 14.15
    report.step = position_.step;
    return report;
  }

  /// The run as it is now: capture, and what the callbacks remember. It shares memory with the model.
  Snapshot snapshot() const {
    Snapshot now = capture(model_, optimizer_, position_);
    for (std::size_t i = 0; i < callbacks_.size(); ++i) {
      const TensorFile own = callbacks_[i]->save();
      detail::put_below(now.tensors, prefix(i), own.tensors);
      detail::put_below(now.indices, prefix(i), own.indices);
      detail::put_below(now.words, prefix(i), own.words);
    }
    if (batches_ > 0) now.words["batches"] = std::to_string(batches_);
    return now;
  }

  /// Continues from a snapshot: of this model, with the same callbacks.
  void restore(const Snapshot& snapshot) {
    position_ = tinytorch::restore(snapshot, model_, optimizer_);
    for (std::size_t i = 0; i < callbacks_.size(); ++i) {
      const TensorFile own{detail::below(snapshot.tensors, prefix(i)),
                           detail::below(snapshot.indices, prefix(i)),
                           detail::below(snapshot.words, prefix(i))};
      const bool any = !own.tensors.empty() || !own.indices.empty() || !own.words.empty();
      if (any) callbacks_[i]->load(own);
    }
    if (snapshot.words.count("batches") != 0) {
      batches_ = static_cast<Index>(detail::exact_number(snapshot.words, "batches"));
    }
  }

 private:
  static void check(bool holds, const char* expected) {
    if (!holds) throw ValueError(std::string("Trainer: expects ") + expected);
  }
  static std::string prefix(std::size_t i) { return "callback." + std::to_string(i) + "."; }

  Index total_steps(Index batches) const {
    if (options_.max_steps > 0) return options_.max_steps;
    const Index all = options_.epochs * batches, k = options_.accumulate;
    if (all % k == 0) return all / k;
    throw ValueError("Trainer: expects epochs whose batches fill the steps, got " +
                     std::to_string(all) + " batches with " + std::to_string(k) +
                     " a step\n  hint: give max_steps");
  }

  template <class Tell>
  void tell(Tell tell_one) {
    for (const auto& callback : callbacks_) tell_one(*callback);
  }

  const Module& model_;
  Optimizer& optimizer_;
  Options options_;
  std::vector<std::shared_ptr<Callback>> callbacks_;
  Position position_;
  Index batches_ = 0;  // in an epoch, once known
  bool stopped_ = false;
};

inline void Trainer::fit(const BatchLosses& losses) {
  if (losses.batches < 1) throw ValueError("Trainer: expects at least one batch, got none");
  if (batches_ > 0 && batches_ != losses.batches) {
    throw ValueError("Trainer: expects the data that the run began with, " +
                     std::to_string(batches_) + " batches an epoch, got " +
                     std::to_string(losses.batches));
  }
  if (position_.batch >= losses.batches) {
    throw ValueError("Trainer: expects a position in " + std::to_string(losses.batches) +
                     " batches, got " + std::to_string(position_.batch));
  }
  batches_ = losses.batches;
  stopped_ = false;
  const Index total = total_steps(losses.batches);
  const auto due = [&](Index every) { return every > 0 && position_.step % every == 0; };
  if (!options_.folder.empty()) std::filesystem::create_directories(options_.folder);

  model_.train();
  tell([&](Callback& c) { c.on_start(*this); });
  while (position_.step < total && !stopped_) {
    StepReport report = train_step(losses);
    report.total = total;
    tell([&](Callback& c) { c.on_step(*this, report); });
    if (position_.epoch != report.epoch) tell([&](Callback& c) { c.on_epoch(*this); });
    if (due(options_.evaluate_every)) {
      const double loss = options_.evaluate();
      tell([&](Callback& c) { c.on_evaluate(*this, loss); });
    }
    // After the callbacks: what they have learned from this step belongs to the checkpoint.
    if (due(options_.checkpoint_every)) save_checkpoint(checkpoint_file(), snapshot());
  }
  const bool saved = due(options_.checkpoint_every);
  if (!options_.folder.empty() && !saved) save_checkpoint(checkpoint_file(), snapshot());
  tell([&](Callback& c) { c.on_end(*this); });
}

}  // namespace tinytorch
