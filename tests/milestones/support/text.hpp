// milestones / support / text.hpp: text files, and text on the screen.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "stop.hpp"

namespace milestone {

inline std::string read_text(const std::filesystem::path& file, const std::string& hint) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw InfrastructureError(file.string() + ": cannot be read\n  hint: " + hint);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

/// One paragraph, broken into lines of at most `width`, each after `indent`. What a terminal might take for a
/// command (a model may write any byte) becomes '?'.
inline std::string wrapped(const std::string& text, std::size_t width, const std::string& indent) {
  std::string out = indent, word;
  std::size_t column = 0;
  const auto flush = [&] {
    if (word.empty()) return;
    if (column > 0 && column + 1 + word.size() > width) {
      out += "\n" + indent;
      column = 0;
    }
    if (column > 0) out += ' ';
    out += word;
    column += word.size() + (column > 0 ? 1 : 0);
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n') {
      flush();
    } else {
      word += c > ' ' && c < 127 ? c : '?';
    }
  }
  flush();
  return out;
}

}  // namespace milestone
