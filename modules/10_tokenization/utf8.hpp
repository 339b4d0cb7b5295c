// 10_tokenization / utf8.hpp: characters of one to four bytes.
//
//   for (const std::string_view c : characters("na\u00efve"))     "n", "a", "\u00ef" (two bytes),
//   "v", "e"
// A std::string is a row of bytes. In UTF-8 each character (each code point of Unicode) is one to
// four of them. Not here: what a reader takes for one character but Unicode writes as several code
// points, such as a flag.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

/// One character of a text: its number in Unicode, and how many bytes it takes.
struct Character {
  char32_t code_point = 0;
  std::size_t length = 1;

  friend bool operator==(const Character&, const Character&) = default;
};

/// What a byte that belongs to no character counts as: U+FFFD, of length 1.
inline constexpr Character stray_byte{U'\uFFFD', 1};

namespace detail {

/// May a character of `length` bytes have this number? Not if fewer bytes would do (an "overlong"
/// form would let "/" hide from whoever searches for it), nor if UTF-16 keeps the number for
/// itself.
inline bool is_allowed(char32_t code_point, std::size_t length) {
  constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return code_point >= smallest[length] && code_point <= 0x10FFFF && !surrogate;
}

}  // namespace detail

/// The character that begins at byte `at` of `text`.
///
/// Goal        From bytes to a number of Unicode, and how far to the next character.
/// Background  The first byte tells the length by its leading ones, the others begin with 10:
///             0xxxxxxx | 110xxxxx 10xxxxxx | 1110xxxx + 2 more | 11110xxx + 3 more. The x, put
///             together, are the number. Whatever breaks these rules is a stray byte, and the next
///             byte is asked afresh: so any bytes at all can be walked through.
/// Examples    "A" -> U+0041, 1;   C3 A9 -> 0xC3 is 110 00011, 0xA9 is 10 101001 -> 00011101001 =
///             U+00E9, 2;   a lone C3 -> stray_byte;   C0 AF, an overlong "/" -> stray_byte
/// In PyTorch  std::string is bytes there too; Python's str.encode and bytes.decode
inline Character decode_character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> char32_t {  // 0 past the end: no continuation
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const char32_t first = byte(at);
  if (first < 0x80) return {first, 1};
  // TODO(10.1): the length from the first byte, then the x of all bytes; stray_byte if a rule is
  // broken.
  // HINT: first >> 5 is 0b110 for a character of two bytes; b & 0x3F are the x of a later byte.
  // HINT: detail::is_allowed(code_point, length) knows which numbers are not allowed.
  todo("10.1", "decode_character");
}

/// The text cut into its characters.
inline std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < text.size(); at += pieces.back().size()) {
    pieces.push_back(text.substr(at, decode_character(text, at).length));
  }
  return pieces;
}

namespace detail {

/// The bytes of a character: the way back. Given code.
inline std::string encode_character(char32_t c) {
  const auto low = [](char32_t bits) { return static_cast<char>(bits & 0xFF); };
  if (c < 0x80) return {low(c)};
  if (c < 0x800) return {low(0xC0 | c >> 6), low(0x80 | (c & 0x3F))};
  if (c < 0x10000)
    return {low(0xE0 | c >> 12), low(0x80 | (c >> 6 & 0x3F)), low(0x80 | (c & 0x3F))};
  return {low(0xF0 | c >> 18), low(0x80 | (c >> 12 & 0x3F)), low(0x80 | (c >> 6 & 0x3F)),
          low(0x80 | (c & 0x3F))};
}

/// Text from a stranger as an error message may show it: what is not plain ASCII as \xNN.
inline std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string shown = "'";
  for (const char c : text.substr(0, 40)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      shown += c;
    } else {
      shown += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return shown + (text.size() > 40 ? "...'" : "'");
}

}  // namespace detail

}  // namespace tinytorch
