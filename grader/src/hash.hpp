// grader / hash.hpp: a name for a content, for caches and for "did this file change?". Not
// cryptographic.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace grader {

/// FNV-1a with 64 bits; texts are added with their length, so that "ab"+"c" and "a"+"bc" differ.
class ContentHash {
 public:
  ContentHash& add(std::string_view text) {
    const std::uint64_t size = text.size();
    for (int shift = 0; shift < 64; shift += 8) mix(static_cast<unsigned char>(size >> shift));
    for (const char c : text) mix(static_cast<unsigned char>(c));
    return *this;
  }
  std::string hex() const;  // 16 digits

 private:
  void mix(unsigned char byte) { state_ = (state_ ^ byte) * 1099511628211ull; }
  std::uint64_t state_ = 14695981039346656037ull;
};

/// The hash of one text.
std::string content_hash(std::string_view text);

}  // namespace grader
