// milestones / support / options.hpp: the command line that every milestone has.
//
//   --root ROOT    the repository, where datasets/ lies
//   --out DIR      where results go; it is made if it is not there
//   --seed N       another order of the examples (default 1)
#pragma once
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "stop.hpp"

namespace milestone {

struct Options {
  std::filesystem::path root, out;
  std::uint64_t seed = 1;
};

inline Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name != "--root" && name != "--out" && name != "--seed") {
      throw UsageError("expects --root ROOT --out DIR [--seed N], got " + std::string(name));
    }
    if (i + 1 == argc) throw UsageError(std::string(name) + ": expects a value, got none");
    const std::string_view value = argv[i + 1];
    if (name == "--root") options.root = value;
    if (name == "--out") options.out = value;
    if (name == "--seed") {
      const char* end = value.data() + value.size();
      const auto [stop, error] = std::from_chars(value.data(), end, options.seed);
      if (error != std::errc() || stop != end) {
        throw UsageError("--seed: expects a whole number >= 0, got " + std::string(value));
      }
    }
  }
  if (options.root.empty()) throw UsageError("--root: expects the repository's folder, got none");
  if (options.out.empty()) throw UsageError("--out: expects a folder for the results, got none");
  return options;
}

}  // namespace milestone
