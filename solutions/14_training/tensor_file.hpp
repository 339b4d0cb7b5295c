// 14_training / tensor_file.hpp: what a .safetensors file holds, in memory. Given code.
#pragma once
#include <map>
#include <string>

#include <tinytorch/layers/tree.hpp>  // StateDict

namespace tinytorch {

/// Short texts by name: the metadata of a file. UTF-8.
using Words = std::map<std::string, std::string>;

struct TensorFile {
  StateDict tensors;                           // F32, or F64 where real is double
  std::map<std::string, IndexTensor> indices;  // I64
  Words words;
};

}  // namespace tinytorch
