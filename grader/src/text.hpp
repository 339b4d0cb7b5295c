// grader / text.hpp: text of others, made fit for a terminal and a report.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace grader {

/// Valid UTF-8 without control characters but newline and tab, and at most `limit` bytes (then "...
/// (cut)").
std::string clean_text(std::string_view text, std::size_t limit);

/// 2048 -> "2.0 kB"; whole bytes below 1024.
std::string human_bytes(unsigned long long bytes);
/// 2.0 -> "2 s", 0.25 -> "0.25 s".
std::string human_seconds(double seconds);

}  // namespace grader
