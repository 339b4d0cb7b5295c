// 14_training / safetensors_read.hpp: named tensors from a file that may be anything.
//
//   model.load_state_dict(load_safetensors("model.safetensors"));
// A file from a stranger, or from a disk that was full, may claim whatever it likes of itself.
// Everything it claims is checked before a byte is used; what is wrong is a FileError that says what.
#pragma once
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include <tinytorch/support/json.hpp>
#include <tinytorch/training/safetensors_write.hpp>

namespace tinytorch {

namespace detail {

/// Refuses entries that do not cover the data exactly, each byte once. Each is known to have
/// begin <= end.
///
/// Goal        Tensors that cannot look at each other's bytes, nor outside the file.
/// Background  Sorted by place, each must begin where the one before it ended, the first at 0, and the
///             last must end where the data ends. Bytes that belong to nobody are refused as well:
///             something could be hidden there, and two programs could read one file differently.
/// Examples    0..8 and 8..12 of 12 bytes: fine.  0..8 and 4..12: "b" overlaps.  0..4 and 8..12: a hole.
///             12 bytes, 0..8 only: a rest
inline void check_layout(std::vector<FileEntry> entries, std::uint64_t data_bytes,
                         const std::string& who) {
  const auto refuse = [&](const std::string& expected, std::uint64_t got) {
    throw FileError(who + ": expects " + expected + ", got " + std::to_string(got));
  };
  // TODO(14.11): sort by (begin, end); refuse(name + " to begin at byte 8", what it says) or
  // refuse("the last tensor to end at byte 12", where it does).
  // HINT: an empty tensor begins and ends at one place: that is why end takes part in the order.
  todo("14.11", "check_layout");
}

/// JSON whose objects have each name once: of two, a parser silently keeps one, and another parser
/// the other one.
inline Json parse_header(const std::string& text, const std::string& who) {
  std::vector<std::set<std::string>> names;  // of the objects that are open
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > 3) throw FileError(who + ": expects a header of few levels, got many");
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      const std::string& name = parsed.get_ref<const std::string&>();
      if (!names.back().insert(name).second) {
        throw FileError(who + ": expects each name once, got '" + name.substr(0, 100) + "' twice");
      }
    }
    return true;
  };
  try {
    const Json header = Json::parse(text, watch);
    if (!header.is_object()) throw FileError(who + ": expects names with tensors in the header");
    return header;
  } catch (const nlohmann::json::exception& error) {
    throw FileError(who + ": expects JSON in the header (" + json_reason(error) + ")");
  }
}

/// A whole number >= 0 that fits into an Index.
inline std::uint64_t count_of(const Json& json, const std::string& who) {
  const std::uint64_t most = std::uint64_t{1} << 62;
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > most) {
    throw FileError(who + ": expects whole numbers >= 0 for shape and data_offsets, got " +
                    json.dump().substr(0, 40));
  }
  return json.get<std::uint64_t>();
}

/// How many bytes `entry` must have, by its type and shape.
inline std::uint64_t expected_bytes(const FileEntry& entry, const std::string& who) {
  std::uint64_t bytes = dtype_size(entry.dtype);
  bool empty = false;
  for (const Index n : entry.shape) {
    empty = empty || n == 0;
    const auto factor = static_cast<std::uint64_t>(std::max<Index>(n, 1));
    if (bytes > (std::uint64_t{1} << 62) / factor) {
      throw FileError(who + ": expects a shape that can be, got " + to_string(entry.shape));
    }
    bytes *= factor;
  }
  return empty ? 0 : bytes;
}

inline FileEntry read_file_entry(const std::string& name, const Json& json,
                                 const std::string& file) {
  const std::string who = file + ": '" + name.substr(0, 100) + "'";
  const bool complete = json.is_object() && json.size() == 3 && json.contains("dtype") &&
                        json.contains("shape") && json.contains("data_offsets") &&
                        json["dtype"].is_string() && json["shape"].is_array() &&
                        json["data_offsets"].is_array() && json["data_offsets"].size() == 2;
  if (!complete) throw FileError(who + ": expects dtype, shape and two data_offsets");
  FileEntry entry{name, json["dtype"].get<std::string>(), {}};
  for (const Json& n : json["shape"]) {
    entry.shape.push_back(static_cast<Index>(count_of(n, who)));
  }
  if (entry.dtype != real_dtype() && entry.dtype != "I64") {
    throw FileError(who + ": expects the type " + real_dtype() + " or I64, got " +
                    entry.dtype.substr(0, 20) +
                    "\n  hint: convert it where it was written: here digits would be lost");
  }
  entry.begin = count_of(json["data_offsets"][0], who);
  entry.end = count_of(json["data_offsets"][1], who);
  const std::uint64_t wanted = expected_bytes(entry, who);
  if (entry.begin > entry.end || entry.end - entry.begin != wanted) {
    throw FileError(who + ": expects " + std::to_string(wanted) + " bytes for " +
                    to_string(entry.shape) + ", got data_offsets " + json["data_offsets"].dump());
  }
  return entry;
}

}  // namespace detail

/// What the bytes of a .safetensors file hold; `who` names them in an error.
inline TensorFile decode_safetensors(const std::string& bytes, const std::string& who) {
  constexpr std::uint64_t longest = 100'000'000;  // as in the format's own library
  std::uint64_t length = 0;
  if (bytes.size() >= sizeof length) std::memcpy(&length, bytes.data(), sizeof length);
  if (bytes.size() < sizeof length || length > longest || length > bytes.size() - sizeof length) {
    throw FileError(who + ": expects 8 bytes and a header of " + std::to_string(length) +
                    " bytes, got a file of " + std::to_string(bytes.size()) +
                    "\n  hint: was it copied to its end?");
  }
  const Json header = detail::parse_header(bytes.substr(sizeof length, length), who);
  const std::uint64_t start = sizeof length + length;

  TensorFile file;
  std::vector<detail::FileEntry> entries;
  for (const auto& [name, json] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(detail::read_file_entry(name, json, who));
      continue;
    }
    for (const auto& [key, value] : json.items()) {
      if (!json.is_object() || !value.is_string()) {
        throw FileError(who + ": expects texts in __metadata__, got " + value.dump().substr(0, 40));
      }
      file.words[key] = value.get<std::string>();
    }
  }
  detail::check_layout(entries, bytes.size() - start, who);

  for (const detail::FileEntry& entry : entries) {
    const char* from = bytes.data() + start + entry.begin;
    const auto count = static_cast<std::size_t>(entry.end - entry.begin);
    if (entry.dtype == "I64") {
      std::vector<Index> numbers(count / sizeof(Index));
      if (count > 0) std::memcpy(numbers.data(), from, count);
      file.indices[entry.name] = IndexTensor(std::move(numbers), entry.shape);
    } else {
      const Tensor t = empty(entry.shape);
      if (count > 0) std::memcpy(t.data(), from, count);
      file.tensors[entry.name] = t;
    }
  }
  return file;
}

inline TensorFile load_tensor_file(const std::filesystem::path& path) {
  return decode_safetensors(read_file(path), path.string());
}

/// The tensors of a file by their names: what Module::load_state_dict takes. Ids and words are left
/// out; load_tensor_file has them.
///
/// Cost        the file once more in memory, besides the tensors. (Production maps the file instead.)
/// In PyTorch  safetensors.torch.load_file
inline StateDict load_safetensors(const std::filesystem::path& path) {
  return load_tensor_file(path).tensors;
}

}  // namespace tinytorch
