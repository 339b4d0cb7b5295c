// 14_training / resume.hpp: going on where a killed run left off. Given code.
//
//   resume(trainer);        before fit: the same program starts a run and continues it
//   trainer.fit(...);
#pragma once
#include <filesystem>

#include <tinytorch/training/load_checkpoint.hpp>
#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

/// Loads the last checkpoint of the trainer's folder. False: there is none, a new run begins.
inline bool resume(Trainer& trainer) {
  if (!std::filesystem::exists(trainer.checkpoint_file())) return false;
  trainer.restore(load_checkpoint(trainer.checkpoint_file()));
  return true;
}

}  // namespace tinytorch
