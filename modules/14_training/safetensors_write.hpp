// 14_training / safetensors_write.hpp: named tensors as a file.
//
//   save_safetensors("model.safetensors", model.state_dict(), {{"license", "CC BY 4.0"}});
// The format (https://huggingface.co/docs/safetensors), all numbers little endian:
//   8 bytes     how long the header is
//   header      JSON: {"__metadata__": {"license": "..."},
//                      "fc1.bias": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}, ...}
//   data        the numbers, row-major; data_offsets count from here, first and one past the last
// A header that a person can read, numbers that can be read where they lie, and no code: a pickle,
// which torch.save writes, is a program, and loading one from a stranger runs it.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/training/disk.hpp>
#include <tinytorch/training/tensor_file.hpp>

namespace tinytorch {

namespace detail {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

inline const char* real_dtype() { return sizeof(real) == 4 ? "F32" : "F64"; }

/// Bytes of one number; 0 for a type that this framework does not have.
inline std::uint64_t dtype_size(const std::string& dtype) {
  if (dtype == "F32") return 4;
  return dtype == "F64" || dtype == "I64" ? 8 : 0;
}

/// One tensor as the header describes it.
struct FileEntry {
  std::string name, dtype;
  Shape shape;
  std::uint64_t begin = 0, end = 0;  // data_offsets
};

/// Gives each entry its place in the data: sets begin and end, and sorts them by place.
///
/// Goal        No byte between two tensors, and every number at an address that its type likes.
/// Background  Types of 8 bytes come first, then those of 4: behind an odd count of floats an int64
///             would begin in the middle of a word. Within a type names are in order, so that equal
///             tensors give equal files.
/// Examples    F32 b [3], I64 a [2], F32 c [1] -> a 0..16, b 16..28, c 28..32
inline void lay_out(std::vector<FileEntry>& entries) {
  // TODO(14.10): sort, then place one behind the other.
  // HINT: comparing std::pair or std::tuple compares the first members, and the next ones if equal.
  // HINT: numel(shape) * dtype_size(dtype) bytes each.
  todo("14.10", "lay_out");
}

/// Text between quotes, as JSON wants it.
inline std::string json_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// The header, sorted by names, with spaces behind it so that the data begins at a multiple of 8.
inline std::string header_text(const std::vector<FileEntry>& entries, const Words& words) {
  std::map<std::string, const FileEntry*> sorted;
  for (const FileEntry& entry : entries) sorted[entry.name] = &entry;
  std::string text = "{";
  const auto comma = [&text] {
    if (text.back() != '{') text += ",";
  };
  if (!words.empty()) {
    text += "\"__metadata__\":{";
    for (const auto& [name, value] : words) {
      comma();
      text += json_text(name) + ":" + json_text(value);
    }
    text += "}";
  }
  for (const auto& [name, entry] : sorted) {
    comma();
    std::string shape;
    for (const Index n : entry->shape) shape += (shape.empty() ? "" : ",") + std::to_string(n);
    text += json_text(name) + ":{\"dtype\":\"" + entry->dtype + "\",\"shape\":[" + shape +
            "],\"data_offsets\":[" + std::to_string(entry->begin) + "," +
            std::to_string(entry->end) + "]}";
  }
  text += "}";
  text.append((8 - text.size() % 8) % 8, ' ');
  return text;
}

inline void check_names(const TensorFile& file) {
  for (const auto& [name, tensor] : file.tensors) {
    if (!tensor.defined()) {
      throw ValueError("save_safetensors: expects tensors, got an undefined '" + name + "'");
    }
    if (name == "__metadata__" || file.indices.count(name) != 0) {
      throw ValueError(
          "save_safetensors: expects each name once and none called __metadata__, got '" + name +
          "'");
    }
  }
}

}  // namespace detail

/// The bytes of a .safetensors file.
inline std::string encode_safetensors(const TensorFile& file) {
  detail::check_names(file);
  std::vector<detail::FileEntry> entries;
  for (const auto& [name, t] : file.tensors) {
    entries.push_back({name, detail::real_dtype(), t.shape()});
  }
  for (const auto& [name, t] : file.indices) entries.push_back({name, "I64", t.shape()});
  detail::lay_out(entries);

  const std::string header = detail::header_text(entries, file.words);
  const std::uint64_t length = header.size();
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes += header;
  bytes.reserve(bytes.size() + (entries.empty() ? 0 : entries.back().end));
  for (const detail::FileEntry& entry : entries) {
    const auto count = static_cast<std::size_t>(entry.end - entry.begin);
    if (const auto found = file.indices.find(entry.name); found != file.indices.end()) {
      bytes.append(reinterpret_cast<const char*>(found->second.data()), count);
    } else {
      const Tensor t = file.tensors.at(entry.name).contiguous();
      bytes.append(reinterpret_cast<const char*>(t.data()), count);
    }
  }
  return bytes;
}

/// Writes tensors, ids and words, atomically.
///
/// Cost        the file once more in memory, besides the tensors
inline void save_tensor_file(const std::filesystem::path& path, const TensorFile& file) {
  write_file_atomically(path, encode_safetensors(file));
}

/// Writes named tensors to a file that other programs can open.
///
/// In PyTorch  safetensors.torch.save_file
inline void save_safetensors(const std::filesystem::path& path, const StateDict& tensors,
                             const Words& metadata = {}) {
  save_tensor_file(path, {tensors, {}, metadata});
}

}  // namespace tinytorch
