// grader / own_code.hpp: what a student wrote, without what the course gave: for comparing
// submissions with each other.
#pragma once
#include <string>
#include <string_view>

namespace grader {

/// C++ without comments, empty lines and white space at the ends of lines.
std::string without_comments(std::string_view code);

/// The lines of `header` that `skeleton` does not have, comments left out. Lines in the place of
/// todo("01.2", ...) come as `void blank_01_2() { ... }`, so that tools that parse C++ can read
/// them. Empty if nothing was written.
std::string own_code(std::string_view header, std::string_view skeleton);

}  // namespace grader
