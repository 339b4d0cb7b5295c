// grader / catch_library.hpp: where this machine keeps Catch2, and in which of its forms.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace grader {

struct CatchLibrary {
  std::vector<std::string> compile_flags;
  std::vector<std::string> link_inputs;  // empty: there is no library with its main
  bool needs_implementation =
      false;             // then the recorder compiles Catch2's own code too (2.x, 10 s, once)
  std::string identity;  // changes with the version
};

/// What build/catch2.json says ({"include":[..],"link":[..]}, written by CMake when it had to fetch
/// Catch2), otherwise the usual places. Throws InfrastructureError with the package to install.
CatchLibrary find_catch(const std::filesystem::path& root);

}  // namespace grader
