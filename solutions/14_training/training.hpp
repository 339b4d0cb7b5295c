// 14_training / training.hpp: systems that finish.
//
// You build:    schedules, clipping, evaluation, early stopping, files that survive a crash, exact
//               resume, the step of a training loop, a memory plan; as a challenge averaged weights
// You need:     01_tensor, 02_ops, 03_autograd, 05_layers, 06_losses, 07_optimizers, 08_dataloader
// Used by:      whoever trains for longer than they like to watch
// Not here:     many machines, mixed precision
// Legend:       B examples in a batch, C classes
//
// The module in reading order:
//   schedules.hpp          the learning rate as a function of the step
//   clip_grad.hpp          one bad batch must not undo a day
//   metrics.hpp            accuracy, perplexity
//   evaluate.hpp           the loss on examples that are not learned from
//   callback.hpp           who is told what, while training
//   early_stopping.hpp     when to stop
//   disk.hpp               a file is whole or not there
//   tensor_file.hpp        named tensors, in memory
//   safetensors_write.hpp  and as a file
//   safetensors_read.hpp   and back, believing nothing
//   checkpoint.hpp         all that training is, at one moment
//   load_checkpoint.hpp    and from a file
//   trainer.hpp            the loop
//   resume.hpp             going on where a killed run left off
//   progress.hpp, metrics_log.hpp, loss_curve.hpp   what a person looks at
//   memory_plan.hpp        will it fit?
//   ema.hpp                averaged weights (stretch)
// safetensors_read.hpp, load_checkpoint.hpp and resume.hpp include a JSON parser, which takes long to
// compile; the others do not.
#pragma once
#include <tinytorch/dataloader.hpp>
#include <tinytorch/layers.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/training/callback.hpp>
#include <tinytorch/training/checkpoint.hpp>
#include <tinytorch/training/clip_grad.hpp>
#include <tinytorch/training/disk.hpp>
#include <tinytorch/training/early_stopping.hpp>
#include <tinytorch/training/ema.hpp>
#include <tinytorch/training/evaluate.hpp>
#include <tinytorch/training/load_checkpoint.hpp>
#include <tinytorch/training/loss_curve.hpp>
#include <tinytorch/training/memory_plan.hpp>
#include <tinytorch/training/metrics.hpp>
#include <tinytorch/training/metrics_log.hpp>
#include <tinytorch/training/progress.hpp>
#include <tinytorch/training/resume.hpp>
#include <tinytorch/training/safetensors_read.hpp>
#include <tinytorch/training/safetensors_write.hpp>
#include <tinytorch/training/schedules.hpp>
#include <tinytorch/training/tensor_file.hpp>
#include <tinytorch/training/trainer.hpp>
