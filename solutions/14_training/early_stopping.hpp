// 14_training / early_stopping.hpp: when to stop.
//
//   trainer.add(std::make_shared<EarlyStopping>(EarlyStoppingOptions{.patience = 3}));
#pragma once
#include <limits>
#include <string>

#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

struct EarlyStoppingOptions {
  Index patience = 3;    // how many evaluations in a row may bring nothing
  double min_delta = 0;  // by how much the loss must fall to count
};

/// Stops when the validation loss has not fallen for a while: from there on a model learns its
/// examples by heart.
///
/// In PyTorch  Lightning's EarlyStopping
class EarlyStopping : public Callback {
 public:
  using Options = EarlyStoppingOptions;

  explicit EarlyStopping(Options options = {}) : options_(options) {
    if (options.patience >= 1 && options.min_delta >= 0) return;
    throw ValueError("EarlyStopping: expects patience >= 1 and min_delta >= 0, got " +
                     std::to_string(options.patience) + " and " +
                     std::to_string(options.min_delta));
  }

  /// Takes note of a validation loss. True: it is time to stop.
  ///
  /// Background  The best loss so far is what is compared with, not the last one: a loss that slowly
  ///             climbs and dips on the way would look like progress. A fall of exactly min_delta
  ///             does not count. NaN is no progress, whatever it is compared with.
  /// Examples    patience 2: 5, 4, 4.5, 4.2 -> stops at 4.2;  5, 4, 4.5, 3, ... goes on
  bool update(double loss) {
    // TODO(14.8): change best_ and waited_; compare waited_ with the patience.
    // HINT: every comparison with NaN is false: which way round must yours be?
    // BEGIN SOLUTION 14.8
    if (loss < best_ - options_.min_delta) {
      best_ = loss;
      waited_ = 0;
    } else {
      ++waited_;
    }
    return waited_ >= options_.patience;
    // END SOLUTION 14.8
  }

  double best() const { return best_; }
  Index waited() const { return waited_; }

  void on_start(Trainer& trainer) override {
    if (waited_ >= options_.patience) trainer.stop();  // resumed after it had stopped
  }
  void on_evaluate(Trainer& trainer, double loss) override {
    if (update(loss)) trainer.stop();
  }

  TensorFile save() const override {
    return {{}, {}, {{"best", detail::exact_text(best_)}, {"waited", std::to_string(waited_)}}};
  }
  void load(const TensorFile& saved) override {
    best_ = detail::exact_number(saved.words, "best");
    waited_ = static_cast<Index>(detail::exact_number(saved.words, "waited"));
  }

 private:
  Options options_;
  double best_ = std::numeric_limits<double>::infinity();
  Index waited_ = 0;  // evaluations since the best one
};

}  // namespace tinytorch
