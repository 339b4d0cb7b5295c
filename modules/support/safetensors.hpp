// support / safetensors.hpp: named tensors from a .safetensors file. Given code; reading only, float32 only.
//
//   const auto weights = read_safetensors("esrgan_slim_x2.safetensors");
//   weights.at("SR.weight")                    a Tensor [3, 12, 3, 3]
// The format is 8 bytes with the length of a header (little endian), the header as JSON, and the numbers:
//   {"SR.bias": {"dtype": "F32", "shape": [3], "data_offsets": [389408, 389420]}, ...}
// It holds no code, unlike a pickle: a file from a stranger can be wrong but cannot do anything.
// https://huggingface.co/docs/safetensors
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <tinytorch/support/json.hpp>
#include <tinytorch/tensor.hpp>

namespace tinytorch {

namespace detail {

/// One tensor out of `data`, the part of the file behind the header. What it claims of itself is checked before a
/// number is read.
inline Tensor read_entry(const Json& entry, const std::string& data, const std::string& who) {
  std::string type;
  std::vector<Index> sizes;
  std::vector<std::uint64_t> range;
  try {
    entry.at("dtype").get_to(type);
    entry.at("shape").get_to(sizes);
    entry.at("data_offsets").get_to(range);
  } catch (const nlohmann::json::exception& error) {
    throw FileError(who + ": expects dtype, shape and data_offsets (" + json_reason(error) + ")");
  }
  if (type != "F32") throw FileError(who + ": expects the type F32, got " + type);
  const Shape shape(sizes.begin(), sizes.end());
  const Index count = checked_numel(shape, who);
  const bool inside = range.size() == 2 && range[0] <= range[1] && range[1] <= data.size();
  if (!inside || range[1] - range[0] != static_cast<std::uint64_t>(count) * sizeof(float)) {
    throw FileError(who + ": expects " + std::to_string(count) + " numbers of 4 bytes for " +
                    to_string(shape) + " inside " + std::to_string(data.size()) +
                    " bytes, got data_offsets " + entry.at("data_offsets").dump());
  }
  std::vector<float> numbers(static_cast<std::size_t>(count));
  std::memcpy(numbers.data(), data.data() + range[0], numbers.size() * sizeof(float));
  return tensor(std::vector<real>(numbers.begin(), numbers.end()), shape);
}

}  // namespace detail

/// All tensors of a file by their names: what Module::load_state_dict takes.
inline std::map<std::string, Tensor> read_safetensors(const std::filesystem::path& file) {
  static_assert(std::endian::native == std::endian::little, "the numbers are read as they lie");
  const std::string bytes = read_file(file), who = file.string();
  std::uint64_t header = 0;
  if (bytes.size() >= sizeof header) std::memcpy(&header, bytes.data(), sizeof header);
  if (bytes.size() < sizeof header || header > bytes.size() - sizeof header) {
    throw FileError(who + ": expects a header of " + std::to_string(header) +
                    " bytes, got a file of " + std::to_string(bytes.size()) +
                    "\n  hint: was it downloaded to its end?");
  }
  const Json entries = parse_json(bytes.substr(sizeof header, header), who);
  if (!entries.is_object()) throw FileError(who + ": expects names with tensors in the header");
  const std::string data = bytes.substr(sizeof header + header);
  std::map<std::string, Tensor> tensors;
  for (const auto& [name, entry] : entries.items()) {
    if (name == "__metadata__") continue;  // words about the file
    tensors[name] = detail::read_entry(entry, data, who + ": " + name);
  }
  return tensors;
}

}  // namespace tinytorch
