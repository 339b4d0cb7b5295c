// grader / export / html_page.hpp: what our HTML pages share: one file, no scripts, light and dark.
#pragma once
#include <string>
#include <string_view>

namespace grader {

/// The page around `body`. Its policy forbids scripts, frames and loading anything: should a text
/// of a student ever get through unescaped, it can still do nothing.
std::string html_page(std::string_view title, std::string_view body);

/// The class of a cell of the heat map, "h0" (nothing) to "h5" (everything); "none" for 0 of 0.
std::string heat_class(int score, int max_score);

}  // namespace grader
