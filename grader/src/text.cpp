#include "text.hpp"

#include <cstdio>

namespace grader {
namespace {

/// Length of the valid UTF-8 sequence at `at`, or 0. Refuses what no terminal should be sent: C1
/// controls, surrogates, overlong forms, and the marks that turn the direction of writing.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return 0;
  unsigned long code = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = (code << 6) | (byte(i) & 0x3fu);
  }
  const unsigned long least = length == 2 ? 0xa0 : length == 3 ? 0x800 : 0x10000;
  const bool turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < least || code > 0x10ffff || surrogate || turns ? 0 : length;
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t limit) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    const auto c = static_cast<unsigned char>(text[at]);
    const bool control = length == 1 && (c < 0x20 || c == 0x7f) && c != '\n' && c != '\t';
    const bool dropped = c == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    const std::string_view piece =
        length == 0 || control ? std::string_view("?") : text.substr(at, length);
    if (!dropped) {
      if (out.size() + piece.size() > limit) return out + "\n... (cut)";
      out += piece;
    }
    at += length == 0 ? 1 : length;
  }
  return out;
}

std::string human_bytes(unsigned long long bytes) {
  if (bytes < 1024) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  const char* const units[] = {"kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes) / 1024;
  int unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %s", value, units[unit]);
  return text;
}

std::string human_seconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g s", seconds);
  return text;
}

}  // namespace grader
