// milestones / support / result.hpp: what a milestone leaves for tito and the grader, DIR/M1.json.
//
// The file appears whole or not at all: it is written under another name and then renamed.
#pragma once
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

#include "stop.hpp"

namespace milestone {

struct Result {
  std::string milestone;  // "M1"
  bool passed = false;
  std::optional<double> accuracy;  // of the test split; null in the file if it was never reached
  double gate = 0;
  double seconds = 0;
  std::uint64_t peak_bytes = 0;  // of tensor storage
  std::uint64_t seed = 0;
  std::string summary;  // one line for `tito status`
};

inline std::filesystem::path result_file(const std::filesystem::path& folder,
                                         const std::string& id) {
  return folder / (id + ".json");
}

/// Makes the folder, and removes what an earlier run left: an old result must not pass for a new one.
inline void prepare_folder(const std::filesystem::path& folder, const std::string& id) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder)) {
    throw InfrastructureError(folder.string() + ": cannot be made (" + error.message() + ")");
  }
  for (const char* ending : {".json", ".png"}) {
    std::filesystem::remove(folder / (id + ending), error);
  }
}

inline void write_result(const std::filesystem::path& folder, const Result& result) {
  nlohmann::json json = {{"milestone", result.milestone}, {"passed", result.passed}};
  json["accuracy"] = result.accuracy ? nlohmann::json(*result.accuracy) : nlohmann::json();
  json["gate"] = result.gate;
  json["seconds"] = result.seconds;
  json["peak_bytes"] = result.peak_bytes;
  json["seed"] = result.seed;
  json["summary"] = result.summary;

  const std::filesystem::path file = result_file(folder, result.milestone);
  const std::filesystem::path partial = file.string() + ".partial";
  std::ofstream out(partial, std::ios::binary);
  out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(partial, file, error);
  if (!out || error) throw InfrastructureError(file.string() + ": cannot be written");
}

}  // namespace milestone
