#include "hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>

#include "course.hpp"

namespace grader {
namespace {

void must(bool ok) {
  if (!ok) throw InfrastructureError("OpenSSL cannot compute SHA-256 on this machine");
}

std::string hex(const unsigned char* bytes, std::size_t count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

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
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  must(copy && EVP_MD_CTX_copy_ex(copy.get(), state_.get()) == 1 &&
       EVP_DigestFinal_ex(copy.get(), bytes.data(), nullptr) == 1);
  return grader::hex(bytes.data(), 20);
}

std::string content_hash(std::string_view text) { return ContentHash().add(text).hex(); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(),
            &size) != nullptr);
  return hex(bytes.data(), size);
}

}  // namespace grader
