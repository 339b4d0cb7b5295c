#include "lesson.hpp"

#include <cctype>

#include "files.hpp"
#include "screen.hpp"

namespace tito {
namespace {

/// 2 for "## title", 0 for a line that is no heading.
std::size_t heading_level(const std::string& line) {
  const std::size_t level = line.find_first_not_of('#');
  return level != line.npos && level > 0 && level <= 6 && line[level] == ' ' ? level : 0;
}

/// "01.1" stands in "### 01.1 numel", not in "### 01.12 contiguous".
bool names(const std::string& line, const std::string& id) {
  for (auto at = line.find(id); at != line.npos; at = line.find(id, at + 1)) {
    const std::size_t end = at + id.size();
    const bool longer = end < line.size() && std::isdigit(static_cast<unsigned char>(line[end]));
    if (!longer && (at == 0 || !std::isdigit(static_cast<unsigned char>(line[at - 1]))))
      return true;
  }
  return false;
}

}  // namespace

std::string lesson_section(const std::string& markdown, const std::string& blank_id) {
  std::string section;
  std::size_t level = 0;  // of the heading that opened the section
  bool fenced = false;    // "# ..." in a code block is no heading
  for (const std::string& line : grader::split_lines(markdown)) {
    if (line.starts_with("```")) fenced = !fenced;
    const std::size_t here = fenced ? 0 : heading_level(line);
    if (level == 0 && here > 0 && names(line, blank_id)) {
      level = here;
    } else if (level > 0 && here > 0 && here <= level) {
      break;
    }
    if (level > 0) section += line + '\n';
  }
  return section;
}

std::string fill_prose(const std::string& markdown, std::size_t width) {
  std::string result, paragraph, margin;  // margin: under a list item, the width of its bullet
  bool fenced = false;
  const auto flush = [&] {
    std::string lead;
    for (const std::string& line : wrap(paragraph, width - margin.size())) {
      result += lead + line + '\n';
      lead = margin;
    }
    paragraph.clear();
    margin.clear();
  };
  for (const std::string& line : grader::split_lines(markdown)) {
    const bool fence = line.starts_with("```");
    const bool item = line.starts_with("- ") || line.starts_with("* ");
    const bool kept = fenced || fence || line.empty() || heading_level(line) > 0 ||
                      line.find_first_of(" |<![>") == 0;
    if (fence) fenced = !fenced;
    if (kept || item) flush();
    if (kept) {
      result += line + '\n';
      continue;
    }
    if (item) margin = "  ";
    paragraph += (paragraph.empty() ? "" : " ") + line;
  }
  flush();
  return result;
}

}  // namespace tito
