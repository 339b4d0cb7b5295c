// 08_dataloader / dataloader.hpp: from files to batches.
//
// You build:    datasets, shuffling, splits, the loader that a training loop runs over, a random
//               crop, tiles of a sheet, text windows; as a challenge a thread that loads ahead
// You need:     01_tensor, 02_ops
// Used by:      every program that trains
// Not here:     what is done with a batch (05 to 07), the training loop (14_training)
// Legend:       N examples, B in a batch, C channels, h and w pixels, T tokens
//
// The module in reading order:
//   dataset.hpp       Dataset: anything with size() and get(i); TensorDataset, Subset, batches
//   samplers.hpp      in which order the examples come; shuffling
//   split.hpp         random_split: some to learn from, others for the test
//   loader.hpp        DataLoader: for (auto [x, y] : loader)
//   transforms.hpp    Normalize, RandomHorizontalFlip, RandomCrop, Compose
//   image_sheet.hpp   labelled pictures from datasets/
//   text_windows.hpp  a text as examples: what comes next?
//   prefetch.hpp      the next batch is made while this one is used (stretch)
#pragma once
#include <tinytorch/dataloader/dataset.hpp>
#include <tinytorch/dataloader/image_sheet.hpp>
#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/dataloader/prefetch.hpp>
#include <tinytorch/dataloader/samplers.hpp>
#include <tinytorch/dataloader/split.hpp>
#include <tinytorch/dataloader/text_windows.hpp>
#include <tinytorch/dataloader/transforms.hpp>
#include <tinytorch/ops.hpp>
