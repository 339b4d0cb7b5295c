#include "hash.hpp"

namespace grader {

std::string ContentHash::hex() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (int i = 0; i < 16; ++i) text[15 - i] = digits[(state_ >> (4 * i)) & 15];
  return text;
}

std::string content_hash(std::string_view text) { return ContentHash().add(text).hex(); }

}  // namespace grader
