// tito / screen.hpp: text for a person, at 80 columns, ASCII, colour only where it is welcome.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tito {

inline constexpr std::size_t screen_width = 80;

/// Writes to standard output; its transient progress line goes to standard error.
class Screen {
 public:
  /// Colour: on a terminal, without NO_COLOR and without --no-color.
  explicit Screen(bool no_color = false);

  void line(const std::string& text = {}) const;
  /// Words at the left, and words that end at column 80.
  void split(const std::string& left, const std::string& right) const;
  /// Several lines of text, each behind `indent`, broken at 80 columns.
  void paragraph(std::string_view text, std::string_view indent) const;

  /// A line that the next one overwrites; shown only on a terminal.
  void progress(const std::string& text) const;
  void end_progress() const;

  std::string good(const std::string& text) const { return paint("32", text); }
  std::string bad(const std::string& text) const { return paint("1;31", text); }
  std::string strong(const std::string& text) const { return paint("1", text); }
  std::string faint(const std::string& text) const { return paint("2", text); }

  bool terminal() const { return terminal_; }

 private:
  std::string paint(const char* code, const std::string& text) const;
  bool terminal_, progress_, color_;
};

/// Text followed by spaces up to `width` columns; at least one space if it is wider.
std::string pad(const std::string& text, std::size_t width);

/// "1 test", "4 tests".
std::string count_of(int n, const std::string& noun);

/// Breaks at spaces so that no line is longer than `width`; a line that starts with a space is kept
/// as it is.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "1.2 s", "31 s".
std::string seconds_text(double seconds);

/// "##########..": how much of `width` is done.
std::string bar(int done, int all, int width);

}  // namespace tito
