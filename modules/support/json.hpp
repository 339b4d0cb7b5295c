// support / json.hpp: nlohmann/json. The only header of the framework that includes it.
//
//   const Json facts = parse_json(read_file("digits8.json"), "digits8.json");
//   facts.at("count").get<Index>()
#pragma once
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <tinytorch/support/error.hpp>

namespace tinytorch {

using Json = nlohmann::json;

/// All bytes of a file.
inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw FileError(file.string() + ": expects a file that can be read, got none");
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What json complains of. It may quote the whole file, so only the beginning is kept.
inline std::string json_reason(const nlohmann::json::exception& error) {
  return std::string(error.what()).substr(0, 100);
}

/// `who` names the text in the error: a file.
inline Json parse_json(const std::string& text, const std::string& who) {
  try {
    return Json::parse(text);
  } catch (const nlohmann::json::exception& error) {
    throw FileError(who + ": expects JSON, got text that is none (" + json_reason(error) + ")");
  }
}

}  // namespace tinytorch
