// 14_training / load_checkpoint.hpp: a run as it was, from a file. Given code.
#pragma once
#include <filesystem>

#include <tinytorch/training/checkpoint.hpp>
#include <tinytorch/training/safetensors_read.hpp>

namespace tinytorch {

inline Snapshot load_checkpoint(const std::filesystem::path& path) {
  return load_tensor_file(path);
}

/// Loads a checkpoint into a model and an optimizer that were made as those that it was saved from.
inline Position load_checkpoint(const std::filesystem::path& path, const Module& model,
                                Optimizer& optimizer) {
  return restore(load_checkpoint(path), model, optimizer);
}

}  // namespace tinytorch
