// 10_tokenization / tokenizer_files.hpp: tokenizers in files. Given code.
//
//   tokenizer.save("moby.json");                                 JSON, whole or not at all
//   BPETokenizer::load("moby.json");                             the same ids
//   BPETokenizer::load_gpt2_merges("datasets/gpt2/vocab.bpe");   GPT-2's ids
// A model's weights mean nothing without the tokenizer that they were trained with: keep both files
// together.
#pragma once
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <tinytorch/support/json.hpp>
#include <tinytorch/tokenization/bpe_tokenizer.hpp>

namespace tinytorch {

namespace detail {

inline constexpr const char* tokenizer_format = "tinytorch-bpe-1";

/// Writes beside the file and then renames: whoever reads meanwhile sees the old file or the new
/// one, never half of it.
inline void replace_file(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::path draft = file;
  draft += ".part";
  std::error_code failed;
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) failed = std::make_error_code(std::errc::io_error);
  }
  if (!failed) std::filesystem::rename(draft, file, failed);
  if (!failed) return;
  std::error_code ignored;
  std::filesystem::remove(draft, ignored);
  throw FileError(file.string() + ": expects a place that can be written to, got none");
}

/// A whole number in 0 .. limit - 1, and nothing that could be rounded to one.
inline Index whole_number(const Json& json, Index limit, const std::string& who) {
  const bool whole = json.is_number_unsigned() && json.get<std::uint64_t>() < std::uint64_t(limit);
  if (whole) return json.get<Index>();
  throw FileError(who + ": expects a whole number in 0 .. " + std::to_string(limit - 1) + ", got " +
                  json.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 40));
}

/// Special tokens may be any bytes, JSON text may not: so they are lists of bytes.
inline Json byte_list(std::string_view bytes) {
  Json list = Json::array();
  for (const char c : bytes) list.push_back(static_cast<unsigned char>(c));
  return list;
}

}  // namespace detail

inline void BPETokenizer::save(const std::filesystem::path& file) const {
  Json merges = Json::array(), special = Json::array();
  for (const TokenPair& pair : merges_) merges.push_back({pair.left, pair.right});
  for (const std::string& token : special_) special.push_back(detail::byte_list(token));
  const Json json = {{"format", detail::tokenizer_format},
                     {"bytes", bytes_},
                     {"merges", std::move(merges)},
                     {"special_tokens", std::move(special)}};
  detail::replace_file(file, json.dump() + "\n");
}

inline BPETokenizer BPETokenizer::load(const std::filesystem::path& file) {
  const std::string who = file.string();
  const Json json = parse_json(read_file(file), who);
  std::vector<TokenPair> merges;
  std::vector<std::string> special;
  ByteOrder bytes{};
  try {
    if (json.at("format").get<std::string>() != detail::tokenizer_format ||
        json.at("bytes").size() != bytes.size()) {
      throw FileError(who + ": expects the format " + detail::tokenizer_format + " and 256 bytes");
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::uint8_t>(detail::whole_number(json.at("bytes").at(i), 256, who));
    }
    for (const Json& pair : json.at("merges")) {
      const Index limit = 256 + static_cast<Index>(merges.size());
      if (pair.size() != 2) throw FileError(who + ": expects two ids a merge");
      merges.push_back({detail::whole_number(pair.at(0), limit, who),
                        detail::whole_number(pair.at(1), limit, who)});
    }
    for (const Json& token : json.at("special_tokens")) {
      special.emplace_back();
      for (const Json& byte : token) {
        special.back() += static_cast<char>(detail::whole_number(byte, 256, who));
      }
    }
    return BPETokenizer(std::move(merges), std::move(special), bytes);
  } catch (const nlohmann::json::exception& error) {
    throw FileError(who + ": expects a tokenizer that save() wrote, got " + json_reason(error));
  } catch (const ValueError& error) {
    throw FileError(who + ": expects a tokenizer that save() wrote, got one that is refused\n  " +
                    error.what());
  }
}

/// A tokenizer with the ids of GPT-2, from its file vocab.bpe (also called merges.txt). The last
/// token is <|endoftext|>: 50256 with the whole file.
inline BPETokenizer BPETokenizer::load_gpt2_merges(const std::filesystem::path& file) {
  const std::string who = file.string();
  std::vector<TokenPair> merges = parse_gpt2_merges(read_file(file), who);
  try {
    return BPETokenizer(std::move(merges), {"<|endoftext|>"}, gpt2_byte_order());
  } catch (const ValueError& error) {
    throw FileError(who + ": expects merges, got some that are refused\n  " + error.what());
  }
}

}  // namespace tinytorch
