// grader / hash.hpp: a name for a content, for caches and for "did this file change?".
//
// SHA-256 of OpenSSL: what one student's tree compiled to may be taken for another's of the same
// content, so nobody must be able to write a file whose name is that of another.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // of <openssl/evp.h>, which is large

namespace grader {

/// Texts are added with their length, so that "ab"+"c" and "a"+"bc" differ.
class ContentHash {
 public:
  ContentHash();
  ContentHash& add(std::string_view text);
  std::string hex() const;  // 40 digits

 private:
  struct Free {
    void operator()(evp_md_ctx_st*) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> state_;
};

/// Bytes as hexadecimal digits, two a byte.
std::string hex_digits(std::string_view bytes);
/// A number as 16 hexadecimal digits.
std::string hex_digits(std::uint64_t number);

/// The hash of one text.
std::string content_hash(std::string_view text);

/// SHA-256 of just these bytes, as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104) as 64 hexadecimal digits: only who has the key can compute it.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace grader
