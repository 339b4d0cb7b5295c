// 14_training / callback.hpp: who is told what, while training. Given code.
//
//   struct Bell : Callback {
//     void on_epoch(Trainer&) override { std::putchar('\a'); }
//   };
// The Trainer does what every training does. What one wants to see, save or decide beside it is a
// Callback: the loop needs no flag for each wish.
// In PyTorch: Lightning's Callback; torch itself has none
#pragma once
#include <tinytorch/training/tensor_file.hpp>

namespace tinytorch {

class Trainer;

/// One step of the optimizer, as it was.
struct StepReport {
  Index step = 0;   // how many there have been, this one included
  Index total = 0;  // how many there are to be
  Index epoch = 0;
  double loss = 0;       // the mean over the batches of this step, before it was taken
  double lr = 0;         // the rate that it was taken with
  double grad_norm = 0;  // before clipping
  Index examples = 0;    // or tokens
};

class Callback {
 public:
  virtual ~Callback() = default;

  virtual void on_start(Trainer& /*trainer*/) {}  // also after a resume
  virtual void on_step(Trainer& /*trainer*/, const StepReport& /*report*/) {}
  virtual void on_epoch(Trainer& /*trainer*/) {}  // the last batch of an epoch has been used
  virtual void on_evaluate(Trainer& /*trainer*/, double /*loss*/) {}
  virtual void on_end(Trainer& /*trainer*/) {}

  /// What must be in a checkpoint for the callback to go on as if nothing had happened.
  virtual TensorFile save() const { return {}; }
  virtual void load(const TensorFile& /*saved*/) {}
};

}  // namespace tinytorch
