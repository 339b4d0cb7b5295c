// grader / frames.hpp: addresses in a program as functions, files and lines.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runner.hpp"

namespace grader {

/// Innermost first, inlined functions too. Frames outside the program itself (libc, Catch2) are
/// left out.
std::vector<Frame> resolve_frames(const std::filesystem::path& executable,
                                  const std::vector<std::string>& addresses);

/// "tinytorch::Tensor::slice(long, long) const" -> "Tensor::slice".
std::string short_function(std::string name);

/// "./modules/01_tensor/views.hpp" -> "modules/01_tensor/views.hpp".
std::string tidy_path(std::string_view path);

/// The first frame in a file that students write (modules/NN_name/...) or in the reference of one;
/// or null.
const Frame* first_student_frame(const std::vector<Frame>& frames);

}  // namespace grader
