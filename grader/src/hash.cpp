#include "hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <cstdio>

#include "course.hpp"

namespace grader {
namespace {

void must(bool ok) {
  if (!ok) throw InfrastructureError("OpenSSL cannot compute SHA-256 on this machine");
}

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hex(const Digest& digest, std::size_t size) {
  return hex_digits(std::string_view(reinterpret_cast<const char*>(digest.data()), size));
}

}  // namespace

std::string hex_digits(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string hex_digits(std::uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

void ContentHash::Free::operator()(evp_md_ctx_st* state) const { EVP_MD_CTX_free(state); }

ContentHash::ContentHash() : state_(EVP_MD_CTX_new()) {
  must(state_ && EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr) == 1);
}

ContentHash& ContentHash::add(std::string_view text) {
  const std::uint64_t size = text.size();
  must(EVP_DigestUpdate(state_.get(), &size, sizeof size) == 1);
  must(EVP_DigestUpdate(state_.get(), text.data(), text.size()) == 1);
  return *this;
}

std::string ContentHash::hex() const {
  const std::unique_ptr<evp_md_ctx_st, Free> copy(EVP_MD_CTX_new());
  Digest bytes{};
  must(copy && EVP_MD_CTX_copy_ex(copy.get(), state_.get()) == 1 &&
       EVP_DigestFinal_ex(copy.get(), bytes.data(), nullptr) == 1);
  return grader::hex(bytes, 20);
}

std::string content_hash(std::string_view text) { return ContentHash().add(text).hex(); }

std::string sha256(std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  must(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  return hex(digest, size);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  Digest bytes{};
  unsigned size = 0;
  must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(),
            &size) != nullptr);
  return hex(bytes, size);
}

}  // namespace grader
