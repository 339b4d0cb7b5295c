#include "export/escape.hpp"

#include <algorithm>

#include "files.hpp"

namespace grader {
namespace {

std::string one_line(std::string_view text) {
  std::string line(trim(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  return line;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The longest run of backticks.
std::size_t longest_ticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// '=', '+', '-', '@' and their full-width forms, as spreadsheets read them.
bool starts_formula(std::string_view text) {
  constexpr std::string_view starts[] = {
      "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
  return std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out = html_text(text);
  replace_all(out, "\xef\xbf\xbe", "?");
  replace_all(out, "\xef\xbf\xbf", "?");
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string markdown_text(std::string_view text) {
  // As numbers and not with a backslash: that also stops @mentions, #numbers and bare links.
  constexpr std::string_view special = "\\`*_{}[]()<>#+-!|~@&$:\"'=^";
  std::string out;
  for (const char c : one_line(text)) {
    if (special.find(c) == special.npos) {
      out += c;
    } else {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    }
  }
  replace_all(out, "www.", "www&#46;");
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string line = without_workflow_commands(one_line(text));
  if (line.empty()) return "";
  const std::string ticks(longest_ticks(line) + 1, '`');
  const std::string space = line.front() == '`' || line.back() == '`' ? " " : "";
  replace_all(line, "|", "\\|");  // GFM splits a row's cells before it looks for code
  return ticks + space + line + space + ticks;
}

std::string markdown_block(std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, longest_ticks(text) + 1), '`');
  const std::string lines = without_workflow_commands(text);
  return fence + "text\n" + lines + (lines.ends_with('\n') ? "" : "\n") + fence + "\n";
}

std::string csv_cell(std::string_view text) {
  std::string line = one_line(text);
  if (starts_formula(line)) line.insert(0, "'");
  const bool plain = std::all_of(line.begin(), line.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-' || c == ' ';
  });
  if (plain) return line;
  replace_all(line, "\"", "\"\"");
  return '"' + line + '"';
}

std::string without_workflow_commands(std::string_view text) {
  std::string out;
  for (const std::string& line : split_lines(text)) {
    const std::size_t start = line.find_first_not_of(" \t");
    const bool command = start != line.npos && line.compare(start, 2, "::") == 0;
    out += command ? line.substr(0, start) + '\\' + line.substr(start) : line;
    out += '\n';
  }
  if (!out.empty() && !text.ends_with('\n')) out.pop_back();
  replace_all(out, "##[", "#\\#[");
  return out;
}

}  // namespace grader
