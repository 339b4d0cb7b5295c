#include "observe/seen.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "files.hpp"
#include "text.hpp"

namespace grader {
namespace {

constexpr std::string_view more_mark = "and ";

/// The words of a line, one after the other.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}
  std::string_view rest() const { return rest_; }
  std::string_view next() {
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return word;
  }

 private:
  std::string_view rest_;
};

template <class Number>
std::optional<Number> whole(std::string_view word) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::optional<double> number(std::string_view word) {
  const std::string text(word);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> unhex(std::string_view digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    if (i + 1 == digits.size()) return std::nullopt;
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(&digits[i], &digits[i] + 2, byte, 16);
    if (error != std::errc() || end != &digits[i] + 2) return std::nullopt;
    text += static_cast<char>(byte);
  }
  return text;
}

/// "d 0x1p+0 ...", "i 3 4", "s 616263"; nothing if it is none of them.
std::optional<SeenLine> parse_line(std::string_view line) {
  Words words(line);
  SeenLine seen;
  const std::string_view kind = words.next();
  if (kind != "d" && kind != "i" && kind != "s") return std::nullopt;
  seen.kind = kind[0];
  if (seen.kind == 's') {
    const auto text = unhex(words.next());
    if (!text) return std::nullopt;
    seen.text = *text;
  }
  while (!words.rest().empty()) {
    if (words.rest().starts_with(more_mark)) {
      seen.cut = true;
      break;
    }
    const std::string_view word = words.next();
    if (seen.kind == 'd') {
      const auto value = number(word);
      if (!value) return std::nullopt;
      seen.numbers.push_back(*value);
    } else {
      const auto value = whole<std::int64_t>(word);
      if (!value || seen.kind == 's') return std::nullopt;
      seen.wholes.push_back(*value);
    }
  }
  return seen;
}

std::string number_text(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.7g", value);
  return buffer;
}

bool agree(double expected, double got, double scale) {
  if (std::isnan(expected)) return std::isnan(got);
  if (std::isinf(expected)) return expected == got;
  return std::abs(got - expected) <= 1e-4 * std::abs(expected) + 1e-5 * scale;  // false for NaN
}

std::string value_text(double value) { return number_text(value); }
std::string value_text(std::int64_t value) { return std::to_string(value); }

template <class List>
std::string list_text(const List& list) {
  std::string text = "[";
  for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 12); ++i)
    text += (i > 0 ? ", " : "") + value_text(list[i]);
  return text + (list.size() > 12 ? ", ...]" : "]");
}

std::string line_difference(const SeenLine& expected, const SeenLine& got) {
  if (got.cut) return "is far longer than expected";
  if (expected.kind != got.kind) {
    const auto shown = [](const SeenLine& line) {
      return line.kind == 's' ? "'" + clean_text(line.text, 80) + "'" : std::string("numbers");
    };
    return "expected " + shown(expected) + ", got " + shown(got);
  }
  if (expected.kind == 's') {
    if (expected.text == got.text) return "";
    return "expected '" + clean_text(expected.text, 120) + "', got '" + clean_text(got.text, 120) +
           "'";
  }
  if (expected.kind == 'i') {
    if (expected.wholes == got.wholes) return "";
    return "expected " + list_text(expected.wholes) + ", got " + list_text(got.wholes);
  }
  if (expected.numbers.size() != got.numbers.size()) {
    return "expected " + std::to_string(expected.numbers.size()) + " numbers, got " +
           std::to_string(got.numbers.size());
  }
  double scale = 0;
  for (const double value : expected.numbers) {
    if (std::isfinite(value)) scale = std::max(scale, std::abs(value));
  }
  for (std::size_t i = 0; i < expected.numbers.size(); ++i) {
    if (agree(expected.numbers[i], got.numbers[i], scale)) continue;
    return (expected.numbers.size() == 1 ? "" : "number " + std::to_string(i) + ": ") +
           "expected " + number_text(expected.numbers[i]) + ", got " + number_text(got.numbers[i]);
  }
  return "";
}

}  // namespace

std::string to_string(CaseId id) {
  return std::to_string(id.observation) + "." + std::to_string(id.repetition);
}

std::string shown(const SeenLine& line) {
  if (line.kind == 's') return "'" + clean_text(line.text, 400) + "'";
  return line.kind == 'i' ? list_text(line.wholes) : list_text(line.numbers);
}

Seen parse_seen(std::string_view stream) {
  Seen seen;
  CaseRecord* open = nullptr;
  bool sound = true;
  for (const std::string& line : split_lines(stream)) {
    Words words(line);
    const std::string_view first = words.next();
    if (first == "case") {
      const auto observation = whole<int>(words.next());
      const auto repetition = whole<int>(words.next());
      open = nullptr;
      if (!observation || !repetition) continue;
      open = &(seen[{*observation, *repetition}] = CaseRecord{});
      sound = true;
    } else if (open == nullptr) {
      continue;
    } else if (first == "end") {
      open->ended = sound;
      open = nullptr;
    } else if (first == "todo") {
      open->todo = words.rest();
    } else if (first == "what") {
      open->what = words.rest();
    } else if (auto parsed = parse_line(line)) {
      open->lines.push_back(std::move(*parsed));
    } else {
      sound = false;
    }
  }
  return seen;
}

std::string difference(const CaseRecord& expected, const CaseRecord& got) {
  for (std::size_t i = 0; i < expected.lines.size(); ++i) {
    const std::string place = "value " + std::to_string(i + 1) + ": ";
    if (i >= got.lines.size()) return place + "expected, but nothing came";
    const std::string words = line_difference(expected.lines[i], got.lines[i]);
    if (!words.empty())
      return place + words + (got.what.empty() ? "" : "\n  " + clean_text(got.what, 400));
  }
  return got.lines.size() > expected.lines.size() ? "more values than expected" : "";
}

}  // namespace grader
