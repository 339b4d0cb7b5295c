// grader / shown_names.hpp: how a source is called in messages and debug information.
//
// From the repository's root on, wherever the repository lies: "solutions/02_ops/matmul.hpp". A
// submission that was copied below build/ is called modules/NN_name, as its author knows it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "compiler.hpp"
#include "course.hpp"
#include "overlay.hpp"

namespace grader {

/// The name of a module's folder.
std::filesystem::path shown_name(const Course&, const std::filesystem::path& folder);

/// Flags with which __FILE__ and the line tables use these names.
std::vector<std::string> short_names(const Course&, const Compiler&, const Overlay&);

}  // namespace grader
