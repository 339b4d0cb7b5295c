#include "screen.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "files.hpp"

namespace tito {
namespace {

/// Columns that a text takes: bytes without colour codes.
std::size_t columns(const std::string& text) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\033') {
      while (i < text.size() && text[i] != 'm') ++i;
    } else {
      ++n;
    }
  }
  return n;
}

}  // namespace

Screen::Screen(bool no_color)
    : terminal_(isatty(STDOUT_FILENO) != 0),
      progress_(terminal_ && isatty(STDERR_FILENO) != 0),
      color_(terminal_ && !no_color && std::getenv("NO_COLOR") == nullptr) {
  const char* kind = std::getenv("TERM");
  if (kind != nullptr && std::string_view(kind) == "dumb") progress_ = color_ = false;
}

void Screen::line(const std::string& text) const {
  std::cout << text.substr(0, text.find_last_not_of(' ') + 1) << '\n' << std::flush;
}

void Screen::split(const std::string& left, const std::string& right) const {
  const std::size_t used = columns(left) + columns(right);
  line(left + std::string(used + 2 > screen_width ? 2 : screen_width - used, ' ') + right);
}

void Screen::paragraph(std::string_view text, std::string_view indent) const {
  for (const std::string& piece : wrap(text, screen_width - indent.size())) {
    line(piece.empty() ? std::string() : std::string(indent) + piece);
  }
}

void Screen::progress(const std::string& text) const {
  if (!progress_) return;
  std::cerr << '\r' << pad(text.substr(0, screen_width - 1), screen_width - 1) << std::flush;
}

void Screen::end_progress() const {
  if (progress_) std::cerr << '\r' << std::string(screen_width - 1, ' ') << '\r' << std::flush;
}

std::string Screen::paint(const char* code, const std::string& text) const {
  return color_ ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
}

std::string pad(const std::string& text, std::size_t width) {
  const std::size_t used = columns(text);
  return text + std::string(used < width ? width - used : 1, ' ');
}

std::string count_of(int n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> result;
  for (const std::string& source : grader::split_lines(text)) {
    std::string_view rest = source;
    while (rest.size() > width && !rest.starts_with(' ')) {
      auto cut = rest.rfind(' ', width);
      if (cut == rest.npos || cut == 0) cut = rest.find(' ');
      if (cut == rest.npos) break;
      result.emplace_back(rest.substr(0, cut));
      rest.remove_prefix(cut + 1);
    }
    result.emplace_back(rest);
  }
  return result;
}

std::string seconds_text(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
  return text;
}

std::string bar(int done, int all, int width) {
  int filled = all > 0 ? width * done / all : 0;
  if (done > 0 && filled == 0) filled = 1;
  return std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(width - filled), '.');
}

}  // namespace tito
