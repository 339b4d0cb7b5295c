#include "own_code.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

#include "files.hpp"

namespace grader {
namespace {

constexpr std::size_t most_lines = 20'000;  // a header has 450; the table below is lines x lines

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Copies code and drops comments; knows just enough of C++ not to take // in a string for one.
class CommentStripper {
 public:
  explicit CommentStripper(std::string_view code) : code_(code) {}

  std::string run() {
    while (at_ < code_.size()) {
      if (starts("//")) {
        line_comment();
      } else if (starts("/*")) {
        const std::size_t end = code_.find("*/", at_ + 2);
        at_ = end == code_.npos ? code_.size() : end + 2;
        out_ += ' ';
      } else if (starts("R\"") && (at_ == 0 || !is_word(code_[at_ - 1]) || encoding_prefix())) {
        raw_string();
      } else if (code_[at_] == '"' || (code_[at_] == '\'' && !in_number())) {
        literal(code_[at_]);
      } else {
        copy(1);
      }
    }
    return std::move(out_);
  }

 private:
  bool starts(std::string_view word) const { return code_.substr(at_, word.size()) == word; }

  void copy(std::size_t count) {
    out_ += code_.substr(at_, count);
    at_ += count;
  }

  void line_comment() {
    while (at_ < code_.size() && code_[at_] != '\n')
      at_ += code_[at_] == '\\' && at_ + 1 < code_.size() ? 2 : 1;  // "\" continues it
  }

  bool encoding_prefix() const {  // u8R"(...)", LR"(...)"
    std::size_t start = at_;
    while (start > 0 && is_word(code_[start - 1])) --start;
    const std::string_view word = code_.substr(start, at_ - start);
    return word == "u8" || word == "u" || word == "U" || word == "L";
  }

  /// The quote in 1'000'000.
  bool in_number() const {
    std::size_t start = at_;
    while (start > 0 && (is_word(code_[start - 1]) || code_[start - 1] == '\'')) --start;
    return start < at_ && std::isdigit(static_cast<unsigned char>(code_[start])) != 0;
  }

  void raw_string() {
    const std::size_t open = code_.find('(', at_);
    if (open == code_.npos) return copy(2);  // ill-formed: no string begins
    const std::string close = ")" + std::string(code_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t end = code_.find(close, open);
    copy(end == code_.npos ? code_.size() - at_ : end + close.size() - at_);
  }

  void literal(char quote) {
    copy(1);
    while (at_ < code_.size() && code_[at_] != quote && code_[at_] != '\n')
      copy(code_[at_] == '\\' && at_ + 1 < code_.size() ? 2 : 1);
    if (at_ < code_.size()) copy(1);
  }

  std::string_view code_;
  std::size_t at_ = 0;
  std::string out_;
};

/// The id in `todo("01.2", "f");`, or nothing.
std::string todo_id(std::string_view line) {
  constexpr std::string_view call = "todo(\"";
  if (!trim(line).starts_with(call)) return {};
  const std::size_t start = line.find(call) + call.size();
  const std::size_t end = line.find('"', start);
  return end == line.npos ? "" : std::string(line.substr(start, end - start));
}

/// Lines of the student between two that the skeleton has too.
struct Run {
  std::vector<std::string> lines;
  std::string blank;  // whose todo(...) stood there
};

std::string run_text(const Run& run) {
  if (run.lines.empty()) return {};
  if (run.blank.empty()) return join_lines(run.lines);
  std::string name = "blank_" + run.blank;
  std::replace(name.begin(), name.end(), '.', '_');
  return "void " + name + "() {\n" + join_lines(run.lines) + "}\n";
}

/// The longest common subsequence of lines, and what lies between. Of several, the one that ends
/// latest, so that the braces of the skeleton stay the skeleton's.
std::vector<Run> differing_runs(const std::vector<std::string>& mine,
                                const std::vector<std::string>& given) {
  const std::size_t rows = mine.size(), columns = given.size();
  const auto same = [&](std::size_t i, std::size_t j) { return trim(mine[i]) == trim(given[j]); };
  std::vector<std::vector<std::uint16_t>> length(rows + 1,
                                                 std::vector<std::uint16_t>(columns + 1, 0));
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      length[i + 1][j + 1] = same(i, j) ? static_cast<std::uint16_t>(length[i][j] + 1)
                                        : std::max(length[i][j + 1], length[i + 1][j]);
    }
  }
  std::vector<Run> runs(1);  // from the last to the first
  for (std::size_t i = rows, j = columns; i > 0 || j > 0;) {
    if (i > 0 && j > 0 && same(i - 1, j - 1)) {
      runs.emplace_back();
      --i;
      --j;
    } else if (j == 0 || (i > 0 && length[i - 1][j] >= length[i][j - 1])) {
      runs.back().lines.push_back(mine[--i]);
    } else if (const std::string id = todo_id(given[--j]); !id.empty()) {
      runs.back().blank = id;
    }
  }
  std::reverse(runs.begin(), runs.end());
  for (Run& run : runs) std::reverse(run.lines.begin(), run.lines.end());
  return runs;
}

}  // namespace

std::string without_comments(std::string_view code) {
  std::string text;
  for (const std::string& line : split_lines(CommentStripper(code).run())) {
    const std::size_t last = line.find_last_not_of(" \t\r");
    if (last != line.npos) text += line.substr(0, last + 1) + '\n';
  }
  return text;
}

std::string own_code(std::string_view header, std::string_view skeleton) {
  std::vector<std::string> mine = split_lines(without_comments(header));
  if (mine.size() > most_lines) mine.resize(most_lines);
  std::string text;
  for (const Run& run : differing_runs(mine, split_lines(without_comments(skeleton))))
    text += run_text(run);
  return text;
}

}  // namespace grader
